import { isAdmin } from '../admins.ts';
import { COLOUR } from '../page.ts';
import { noticePage } from '../pages/lists.ts';
import { orReason } from '../reasons.ts';
import { promise, respond } from '../respond.ts';
import type { SlashCommand } from './command.ts';
import { forAdmins } from './define.ts';

export const rollback = {
  data: forAdmins('rollback'),

  async execute(bot, interaction, words) {
    if (!isAdmin(bot, interaction)) return respond(interaction, noticePage(words.adminsOnly), true);
    await promise(interaction, true);
    const page = await orReason(
      bot,
      words,
      'not rolled back',
      async () => {
        const generation = await bot.rebuild.rollback();
        bot.log.info({ generation, by: interaction.user.id }, 'rolled back');
        return noticePage(words.rebuilding.rolledBack(generation), COLOUR.answered);
      },
      (reason) => noticePage(words.rebuilding.notRolledBack(reason)),
    );
    await respond(interaction, page, true);
  },
} satisfies SlashCommand;
