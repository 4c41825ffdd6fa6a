import type { Paragraph } from '../../answering/library.ts';
import type { Seed, Span } from '../../seeds/seed.ts';
import { markOf } from '../custom-ids.ts';
import { blockQuote } from '../markdown.ts';
import { button, COLOUR, line, type Page, type Part, row, text } from '../page.ts';
import { SUBTEXT } from '../previous.ts';
import type { Words } from '../words/words.ts';
import type { AnswerView } from './answer.ts';
import { withQuotes } from './quote-page.ts';
import { DOT, outletAndDate, type QuoteBlock, titleOf } from './quotes.ts';

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
  const about = [outletAndDate(seed, words), words.paragraphOf(centre, paragraphsOf(seed))];
  const head = text(`### ${titleOf(seed)}\n${SUBTEXT}${about.filter(Boolean).join(DOT)}`);
  // The paragraph that was asked for comes first into what fits, its neighbours after it.
  const byNeed = paragraphs.toSorted(
    (a, b) => Math.abs(a.paragraph - centre) - Math.abs(b.paragraph - centre),
  );
  const blocks = byNeed.map((paragraph) => blockOf(paragraph, bold, words));
  return withQuotes(COLOUR.plain, [head, line()], blocks, buttons, view);
}

function blockOf(
  { text: quoted, start, end, paragraph, seed }: Paragraph,
  bold: Span | null,
  words: Words,
): QuoteBlock {
  const kind = seed.blocks.find((block) => block.paragraph === paragraph)?.kind ?? 'body';
  const mark = [`¶${paragraph}`, words.kinds[kind]].filter(Boolean).join(DOT);
  const from = Math.max(start, bold?.start ?? end);
  const to = Math.min(end, bold?.end ?? start);
  const span = from < to ? { start: from - start, end: to - start } : null;
  return {
    at: paragraph,
    parts: [text(`${SUBTEXT}${mark}\n${blockQuote(quoted, span)}`)],
    plain: `${mark} · ${seed.path} ${start}–${end}\n\n${quoted}\n`,
  };
}
