import { ApplicationCommandOptionType } from 'discord.js';
import { isAdmin } from '../admins.ts';
import { COLOUR } from '../page.ts';
import { noticePage } from '../pages/lists.ts';
import { amend, respond } from '../respond.ts';
import type { SlashCommand } from './command.ts';
import { described, forAdmins } from './define.ts';

export const reembed = {
  data: forAdmins('reembed', [{ type: ApplicationCommandOptionType.Boolean, ...described('full') }]),

  async execute(bot, interaction, words) {
    if (!isAdmin(bot, interaction)) return respond(interaction, noticePage(words.adminsOnly), true);
    const joined = bot.rebuild.running;
    await respond(interaction, noticePage(joined ? words.reembedJoined : words.reembedStarted), true);
    const report = await bot.rebuild.run(interaction.options.getBoolean('full') ?? false);
    const done = words.reembedDone({ ...report, seconds: report.seconds.toFixed(1) });
    await amend(interaction, noticePage(done, COLOUR.answered));
  },
} satisfies SlashCommand;
