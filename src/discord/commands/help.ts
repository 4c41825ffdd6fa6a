import { isAdmin, mayChangeSeeds } from '../admins.ts';
import { helpPage } from '../pages/lists.ts';
import { respond } from '../respond.ts';
import type { SlashCommand } from './command.ts';
import { lookUp } from './define.ts';

export const help = {
  data: lookUp('help'),
  execute(bot, interaction, words) {
    const may = { administer: isAdmin(bot, interaction), changeSeeds: mayChangeSeeds(bot, interaction) };
    return respond(interaction, helpPage(bot.library, words, may), true);
  },
} satisfies SlashCommand;
