import type { Paragraph } from '../../answering/library.ts';
import type { Seed, Span } from '../../seeds/seed.ts';
import { markOf } from '../custom-ids.ts';
import { blockQuote } from '../markdown.ts';
import { button, COLOUR, type Page, type Part, row, text } from '../page.ts';
import { SUBTEXT } from '../previous.ts';
import type { AnswerView } from './answer.ts';
import { withQuotes } from './quote-page.ts';
import { type QuoteBlock, sourceLine } from './quotes.ts';

type View = Pick<AnswerView, 'words' | 'mayAttach'>;

/** How many paragraphs a seed has. */
export function paragraphsOf(seed: Seed): number {
  return seed.blocks.reduce((most, { paragraph }) => Math.max(most, paragraph), 0);
}

/** One paragraph of a seed. */
export function paragraphPage(
  paragraphs: readonly Paragraph[],
  seed: Seed,
  number: number,
  view: View,
): Page {
  const last = paragraphsOf(seed);
  const turn = (to: number, label: string) =>
    button({ does: 'read', seed: markOf(seed), paragraph: to }, label, undefined, to < 1 || to > last);
  const buttons = row(turn(number - 1, view.words.earlier), turn(number + 1, view.words.later));
  return paragraphsAround(paragraphs, seed, number, null, buttons, view);
}

/** A quote's paragraph and its neighbours, or those `shift` paragraphs away; the quote in bold. */
export function contextPage(
  paragraphs: readonly Paragraph[],
  seed: Seed,
  quote: Span,
  { centre, shift }: { readonly centre: number; readonly shift: number },
  view: View,
): Page {
  const last = paragraphsOf(seed);
  const turn = (by: number, label: string) => {
    const press = { does: 'around', seed: markOf(seed), span: quote, shift: shift + by } as const;
    return button(press, label, undefined, centre + by < 1 || centre + by > last);
  };
  const buttons = row(turn(-1, view.words.earlier), turn(1, view.words.later));
  return paragraphsAround(paragraphs, seed, centre, quote, buttons, view);
}

function paragraphsAround(
  paragraphs: readonly Paragraph[],
  seed: Seed,
  centre: number,
  bold: Span | null,
  buttons: readonly Part[],
  view: View,
): Page {
  const { words } = view;
  const head = text(`### ${sourceLine(seed)}\n${SUBTEXT}${words.paragraphOf(centre, paragraphsOf(seed))}`);
  // The paragraph that was asked for comes first into what fits, its neighbours after it.
  const byNeed = paragraphs.toSorted(
    (a, b) => Math.abs(a.paragraph - centre) - Math.abs(b.paragraph - centre),
  );
  const blocks = byNeed.map((paragraph) => blockOf(paragraph, bold));
  return withQuotes(COLOUR.plain, [head], blocks, buttons, view);
}

function blockOf({ text: quoted, start, end, paragraph, seed }: Paragraph, bold: Span | null): QuoteBlock {
  const from = Math.max(start, bold?.start ?? end);
  const to = Math.min(end, bold?.end ?? start);
  const span = from < to ? { start: from - start, end: to - start } : null;
  return {
    at: paragraph,
    parts: [text(`${SUBTEXT}¶${paragraph}`), text(blockQuote(quoted, span))],
    plain: `¶${paragraph} · ${seed.path} ${start}–${end}\n\n${quoted}\n`,
  };
}
