import { isAdmin } from '../admins.ts';
import { helpPage } from '../pages/lists.ts';
import { respond } from '../respond.ts';
import type { SlashCommand } from './command.ts';
import { lookUp } from './define.ts';

export const help = {
  data: lookUp('help'),
  execute: (bot, interaction, words) =>
    respond(interaction, helpPage(bot.library, words, isAdmin(bot, interaction)), true),
} satisfies SlashCommand;
