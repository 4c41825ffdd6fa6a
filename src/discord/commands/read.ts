import { ApplicationCommandOptionType } from 'discord.js';
import type { Seed } from '../../seeds/seed.ts';
import { namedSeed } from '../asking.ts';
import type { Bot } from '../bot.ts';
import { noticePage } from '../pages/lists.ts';
import { paragraphPage, paragraphsOf } from '../pages/paragraphs.ts';
import { mayAttach, respond } from '../respond.ts';
import { paragraphChoices, seedChoices } from './choices.ts';
import type { SlashCommand } from './command.ts';
import { described, lookUp } from './define.ts';
import { seedOption } from './options.ts';

/** Paragraph numbers have at most six digits. */
const MAX_PARAGRAPH = 999_999;

export const read = {
  data: lookUp('read', [
    {
      type: ApplicationCommandOptionType.Integer,
      ...described('paragraph'),
      required: true,
      min_value: 1,
      max_value: MAX_PARAGRAPH,
      autocomplete: true,
    },
    seedOption,
  ]),

  async execute(bot, interaction, words) {
    const number = interaction.options.getInteger('paragraph', true);
    const named = interaction.options.getString('seed');
    const seed = chosenSeed(bot, named, interaction.channelId);
    if (seed === undefined) {
      const why = named === null ? words.chooseSeed : words.unknownSeed;
      return respond(interaction, noticePage(why), true);
    }
    const paragraphs = bot.library.read(seed.id, number);
    if (paragraphs.length === 0) {
      return respond(interaction, noticePage(words.noParagraph(paragraphsOf(seed))), true);
    }
    const view = { words, mayAttach: mayAttach(interaction) };
    await respond(interaction, paragraphPage(paragraphs, seed, number, view), false);
  },

  autocomplete(bot, interaction) {
    const { name, value } = interaction.options.getFocused(true);
    if (name === 'seed') return seedChoices(bot.library.seeds, value);
    const seed = chosenSeed(bot, interaction.options.getString('seed'), interaction.channelId);
    return seed === undefined ? [] : paragraphChoices(seed, value);
  },
} satisfies SlashCommand;

/** The seed named, else the only one, else the one this place asked about last. */
function chosenSeed(bot: Bot, named: string | null, channelId: string | null): Seed | undefined {
  if (named !== null) return namedSeed(bot, named);
  const { seeds } = bot.library;
  return seeds.length === 1 ? seeds[0] : namedSeed(bot, bot.lastSeeds.of(channelId) ?? '');
}
