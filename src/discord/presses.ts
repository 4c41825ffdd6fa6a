import type { ButtonInteraction } from 'discord.js';
import type { Seed, Span } from '../seeds/seed.ts';
import { askExample, explain, share, showMore, turnQuotes } from './answer-presses.ts';
import { tooFast } from './asking.ts';
import type { Bot } from './bot.ts';
import { type Press, readCustomId, seedOfMark } from './custom-ids.ts';
import { dismiss } from './dismiss.ts';
import { foundPage, MAX_PLACES } from './pages/found.ts';
import { contextPage, paragraphPage, paragraphsOf } from './pages/paragraphs.ts';
import { questionIn } from './previous.ts';
import { pressRebuild } from './rebuild-presses.ts';
import { mayAttach, respond, tellPrivately } from './respond.ts';
import { changeSeeds } from './seed-steps.ts';
import type { Words } from './words/words.ts';

/** Neighbours shown on each side of a quote's paragraph. */
const NEIGHBOURS = 1;

/** A press that can be carried out. */
export interface Pressed {
  readonly bot: Bot;
  readonly interaction: ButtonInteraction;
  readonly words: Words;
  /** The seed that the button names; undefined when it is for all of them. */
  readonly seed: Seed | undefined;
}

/** What happens when a button is pressed. Only the message and the button's own id are needed for it. */
export async function press(bot: Bot, interaction: ButtonInteraction, words: Words): Promise<void> {
  const wanted = readCustomId(interaction.customId);
  if (wanted === null) return tellPrivately(interaction, words.expired);
  if (wanted.does === 'dismiss') return dismiss(interaction, wanted.asker, words);
  if (wanted.does === 'rebuild') return pressRebuild(bot, interaction, words, wanted);
  if (wanted.does === 'change') return changeSeeds({ bot, interaction, words }, wanted.step, wanted.key);
  const seed = seedOfMark(wanted.seed, bot.library.seeds);
  if (wanted.seed !== '' && seed === undefined) return tellPrivately(interaction, words.indexChanged);
  const refused = await tooFast(bot, { user: interaction.user.id, server: interaction.guildId }, words);
  if (refused !== null) return tellPrivately(interaction, refused);
  return carryOut({ bot, interaction, words, seed }, wanted);
}

function carryOut(
  pressed: Pressed,
  wanted: Exclude<Press, { does: 'dismiss' | 'rebuild' | 'change' }>,
): Promise<void> {
  switch (wanted.does) {
    case 'context':
      return showContext(pressed, wanted.span, 0, false);
    case 'around':
      return showContext(pressed, wanted.span, wanted.shift, true);
    case 'read':
      return turnParagraph(pressed, wanted.paragraph);
    case 'find':
      return turnPlaces(pressed, wanted);
    case 'example':
      return askExample(pressed, wanted.number);
    case 'more':
      return showMore(pressed);
    case 'quotes':
      return turnQuotes(pressed, wanted.page);
    case 'why':
      return explain(pressed);
    case 'share':
      return share(pressed, wanted.print);
  }
}

async function showContext(
  { bot, interaction, words, seed }: Pressed,
  span: Span,
  shift: number,
  inPlace: boolean,
): Promise<void> {
  const block = seed?.blocks.find(
    ({ start, end, kind }) => kind !== 'noise' && start <= span.start && span.end <= end,
  );
  if (seed === undefined || block === undefined) return tellPrivately(interaction, words.indexChanged);
  const centre = Math.min(Math.max(1, block.paragraph + shift), paragraphsOf(seed));
  const paragraphs = bot.library.read(seed.id, centre, NEIGHBOURS);
  const around = { centre, shift: centre - block.paragraph };
  const page = contextPage(paragraphs, seed, span, around, { words, mayAttach: mayAttach(interaction) });
  if (inPlace) await interaction.update(page);
  else await respond(interaction, page, true);
}

async function turnParagraph({ bot, interaction, words, seed }: Pressed, number: number): Promise<void> {
  const paragraphs = seed === undefined ? [] : bot.library.read(seed.id, number);
  if (seed === undefined || paragraphs.length === 0) return tellPrivately(interaction, words.indexChanged);
  const view = { words, mayAttach: mayAttach(interaction) };
  await interaction.update(paragraphPage(paragraphs, seed, number, view));
}

async function turnPlaces(
  { bot, interaction, words, seed }: Pressed,
  { mode, page, seed: only }: Extract<Press, { does: 'find' }>,
): Promise<void> {
  const phrase = questionIn(interaction.message);
  if (phrase === null) return tellPrivately(interaction, words.expired);
  await interaction.deferUpdate();
  const found = await bot.library.find(phrase, { limit: MAX_PLACES, ...(seed && { seed: seed.id }) });
  const view = { words, seeds: bot.library.seeds, only, mayAttach: mayAttach(interaction) };
  await interaction.editReply(foundPage(found, mode, page, view));
}
