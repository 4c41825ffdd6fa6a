import { ButtonStyle } from 'discord.js';
import type { SeedPreview } from '../../answering/preview-seed.ts';
import type { Block, BlockKind, Seed } from '../../seeds/seed.ts';
import { blockQuote, clip, inert } from '../markdown.ts';
import { button, COLOUR, fitting, line, type Page, page, row, text } from '../page.ts';
import { SUBTEXT } from '../previous.ts';
import type { Words } from '../words/words.ts';
import { DOT, outletAndDate, titleOf } from './quotes.ts';

/** How much of a piece of the article shows how it was read. */
const MAX_EXTRACT_UNITS = 160;
const MAX_ADDRESS_UNITS = 200;
/** The kinds in the order of the page, and how many pieces of each are shown: the first ones, and the last. */
const EXTRACTS: readonly (readonly [BlockKind, number])[] = [
  ['headline', 2],
  ['dateline', 2],
  ['body', 2],
  ['caption', 2],
  ['credit', 2],
  ['noise', 3],
];
const MAX_CODES = 5;
/** Characters that cannot be seen; those that join letters and emoji are at home in many scripts. */
const INVISIBLE = /(?![\u200c\u200d])\p{Cf}/gu;

/** How an article would be read, before it is saved. */
export function previewPage(seed: Seed, preview: SeedPreview, token: string, words: Words): Page {
  const { changes } = words;
  const counts = EXTRACTS.filter(([kind]) => preview.blocks[kind] > 0).map(([kind]) =>
    changes.counts[kind](preview.blocks[kind]),
  );
  const about = [
    ...aboutLines(seed, words),
    counts.join(DOT),
    changes.units(preview.sentences, preview.passages),
  ];
  const head = [
    text(`### ${changes.previewTitle}\n**${titleOf(seed)}**`),
    text(subtext([...about, invisibleIn(seed, words)])),
  ];
  const heading = preview.samples.length > 0 ? `**${changes.samples}**` : SUBTEXT + changes.noSamples;
  const notes = text(preview.beginningOnly ? `${heading}\n${subtext([changes.beginningOnly])}` : heading);
  const buttons = row(
    button({ does: 'change', step: 'save', key: token }, changes.save, ButtonStyle.Primary),
    button({ does: 'change', step: 'discard', key: token }, changes.discard),
  );
  const samples = preview.samples.map(({ question, quote }) => ({
    parts: [text(`${inert(question)}\n${blockQuote(quote, null)}`)],
  }));
  const extracts = EXTRACTS.flatMap(([kind, most]) => extractsOf(seed, kind, most, words));
  const { taken } = fitting([...samples, ...extracts], [...head, line(), line(), notes, ...buttons]);
  const parts = (blocks: typeof extracts) =>
    blocks.filter((block) => taken.includes(block)).flatMap((block) => block.parts);
  const asked = [notes, ...parts(samples)];
  return page(COLOUR.plain, [...head, line(), ...parts(extracts), line(), ...asked, ...buttons]);
}

/** Asks whether an article is to be removed. */
export function removalPage(seed: Seed, key: string, words: Words): Page {
  const { changes } = words;
  return page(COLOUR.related, [
    text(`### ${changes.removeTitle}\n**${titleOf(seed)}**`),
    text(subtext([...aboutLines(seed, words), changes.removeNote])),
    ...row(
      button({ does: 'change', step: 'remove', key }, changes.remove, ButtonStyle.Danger),
      button({ does: 'change', step: 'keep', key }, changes.keep),
    ),
  ]);
}

function aboutLines(seed: Seed, words: Words): string[] {
  return [
    outletAndDate(seed, words),
    inert(clip(seed.url ?? '', MAX_ADDRESS_UNITS)),
    words.changes.asFile(inert(seed.id), seed.text.length),
  ];
}

/** The first pieces of a kind, how many come then, and the last. */
function extractsOf(seed: Seed, kind: BlockKind, most: number, words: Words) {
  const blocks = seed.blocks.filter((block) => block.kind === kind && !block.repeated);
  const shown = blocks.length > most ? [...blocks.slice(0, most - 1), ...blocks.slice(-1)] : blocks;
  const hidden = blocks.length - shown.length;
  return shown.map((block, index) => {
    const label = `**${labelOf(block, words)}** ${inert(extractOf(seed, block))}`;
    const more = hidden > 0 && index === shown.length - 2 ? `\n${subtext([words.changes.more(hidden)])}` : '';
    return { parts: [text(label + more)] };
  });
}

function labelOf({ kind, paragraph }: Block, { changes }: Words): string {
  return paragraph > 0 ? `${changes.kinds[kind]} ¶${paragraph}` : changes.kinds[kind];
}

function extractOf(seed: Seed, { start, end }: Block): string {
  return clip(seed.text.slice(start, end), MAX_EXTRACT_UNITS);
}

/** What cannot be seen in an article, and would be quoted with it; empty where there is nothing. */
function invisibleIn({ text: whole }: Seed, { changes }: Words): string {
  const found = whole.replace(/^\uFEFF/, '').match(INVISIBLE) ?? [];
  const codes = [...new Set(found)].map((each) => `U+${hexOf(each)}`);
  const named = codes.length > MAX_CODES ? [...codes.slice(0, MAX_CODES), '…'] : codes;
  return found.length === 0 ? '' : changes.invisible(found.length, named.join(', '));
}

function hexOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}

function subtext(lines: readonly string[]): string {
  return lines
    .filter(Boolean)
    .map((each) => `${SUBTEXT}${each}`)
    .join('\n');
}
