import { type APIApplicationCommandStringOption, ApplicationCommandOptionType } from 'discord.js';
import { described } from './define.ts';

/** Names one article; its autocomplete lists them. */
export const seedOption = {
  type: ApplicationCommandOptionType.String,
  ...described('seed'),
  autocomplete: true,
} satisfies APIApplicationCommandStringOption;
