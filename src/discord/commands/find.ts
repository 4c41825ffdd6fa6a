import { ApplicationCommandOptionType } from 'discord.js';
import { isBlank, tooFast } from '../asking.ts';
import { MAX_OPTION_UNITS } from '../limits.ts';
import { foundPage, MAX_PLACES } from '../pages/found.ts';
import { noticePage } from '../pages/lists.ts';
import { mayAttach, promise, respond } from '../respond.ts';
import type { SlashCommand } from './command.ts';
import { described, lookUp } from './define.ts';

function modeChoice(mode: 'exact' | 'meaning') {
  const { name, name_localizations } = described(mode);
  return { name, name_localizations, value: mode };
}

export const find = {
  data: lookUp('find', [
    {
      type: ApplicationCommandOptionType.String,
      ...described('text'),
      required: true,
      max_length: MAX_OPTION_UNITS,
    },
    {
      type: ApplicationCommandOptionType.String,
      ...described('mode'),
      choices: [modeChoice('exact'), modeChoice('meaning')],
    },
  ]),

  async execute(bot, interaction, words) {
    const phrase = interaction.options.getString('text', true).trim();
    const chosen = interaction.options.getString('mode');
    if (isBlank(phrase)) return respond(interaction, noticePage(words.nothingToFind), true);
    const refused = await tooFast(bot, { user: interaction.user.id, server: interaction.guildId }, words);
    if (refused !== null) return respond(interaction, noticePage(refused), true);
    await promise(interaction, false);
    const found = await bot.library.find(phrase, { limit: MAX_PLACES });
    const mode = chosen === 'exact' || (chosen === null && found.count > 0) ? 'exact' : 'meaning';
    const view = { words, seeds: bot.library.seeds, only: '', mayAttach: mayAttach(interaction) };
    await respond(interaction, foundPage(found, mode, 0, view), false);
  },
} satisfies SlashCommand;
