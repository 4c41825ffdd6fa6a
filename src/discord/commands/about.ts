import packageJson from '../../../package.json' with { type: 'json' };
import { aboutPage } from '../pages/lists.ts';
import { respond } from '../respond.ts';
import type { SlashCommand } from './command.ts';
import { lookUp } from './define.ts';

export const about = {
  data: lookUp('about'),
  execute: ({ library }, interaction, words) =>
    respond(interaction, aboutPage(library, packageJson.version, words), false),
} satisfies SlashCommand;
