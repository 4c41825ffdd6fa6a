import { seedsPage } from '../pages/lists.ts';
import { respond } from '../respond.ts';
import type { SlashCommand } from './command.ts';
import { lookUp } from './define.ts';

export const seeds = {
  data: lookUp('seeds'),
  execute: ({ library }, interaction, words) => respond(interaction, seedsPage(library, words), false),
} satisfies SlashCommand;
