import { helpPage } from '../pages/lists.ts';
import { respond } from '../respond.ts';
import type { SlashCommand } from './command.ts';
import { lookUp } from './define.ts';

export const help = {
  data: lookUp('help'),
  execute: ({ library }, interaction, words) => respond(interaction, helpPage(library, words), true),
} satisfies SlashCommand;
