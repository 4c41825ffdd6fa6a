import { isAdmin } from '../admins.ts';
import { COLOUR } from '../page.ts';
import { noticePage } from '../pages/lists.ts';
import { reasonOf } from '../reasons.ts';
import { promise, respond } from '../respond.ts';
import type { SlashCommand } from './command.ts';
import { forAdmins } from './define.ts';

export const rollback = {
  data: forAdmins('rollback'),

  async execute(bot, interaction, words) {
    if (!isAdmin(bot, interaction)) return respond(interaction, noticePage(words.adminsOnly), true);
    await promise(interaction, true);
    try {
      const generation = await bot.rebuild.rollback();
      bot.log.info({ generation, by: interaction.user.id }, 'rolled back');
      await respond(interaction, noticePage(words.rebuilding.rolledBack(generation), COLOUR.answered), true);
    } catch (error) {
      const reason = reasonOf(error, bot.config, words);
      if (reason === null) throw error;
      bot.log.error({ reason: (error as Error).message }, 'not rolled back');
      await respond(interaction, noticePage(words.rebuilding.notRolledBack(reason)), true);
    }
  },
} satisfies SlashCommand;
