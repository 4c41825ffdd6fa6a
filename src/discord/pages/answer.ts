import { createHash } from 'node:crypto';
import type { Answer } from '../../answering/answer.ts';
import type { Seed } from '../../seeds/seed.ts';
import { inert } from '../markdown.ts';
import { button, COLOUR, line, type Page, type Part, page, row, text } from '../page.ts';
import { QUESTION_ID, READ_AS, READ_AS_ID, SUBTEXT } from '../previous.ts';
import type { Words } from '../words/words.ts';
import { withQuotes } from './quote-page.ts';
import { type QuoteBlock, quoteBlock } from './quotes.ts';

/** Quotes on one page. */
export const PAGE_QUOTES = 3;
/** Quotes shown at once where the articles do not answer: enough to see that they do not. */
const NEAREST_QUOTES = 1;

/** A reading of a follow-up past this is not shown; the question stands in its place. */
const MAX_READ_AS_UNITS = 800;

export interface AnswerView {
  readonly words: Words;
  readonly seeds: readonly Seed[];
  /** Id of the user who may dismiss it. */
  readonly asker: string;
  /** Mark of the only seed that was asked, or empty. */
  readonly only: string;
  /** Whether only the asker sees it: then it can be shared. */
  readonly hidden: boolean;
  /** Whether files may be attached where it goes. */
  readonly mayAttach: boolean;
  /** A line below the outcome, inert. */
  readonly note?: string;
}

/** The answer to a question, with everything one can do with it. */
export function answerPage(answer: Answer, view: AnswerView): Page {
  const { words, only } = view;
  const head = headOf(answer, view);
  const buttons = [
    button({ does: 'more', seed: only }, words.moreQuotes),
    button({ does: 'why', seed: only }, words.why),
    ...(view.hidden
      ? [button({ does: 'share', seed: only, print: printOf(answer, view.seeds) }, words.share)]
      : []),
    button({ does: 'dismiss', asker: view.asker }, words.dismiss),
  ];
  const blocks = blocksOf(answer, view, 0, shownOf(answer));
  return withQuotes(colourOf(answer), head, blocks, row(...buttons), view);
}

/** Quotes beyond the first ones; `number` counts pages from 0, and page 0 are those of the answer. */
export function moreQuotesPage(answer: Answer, number: number, view: AnswerView): Page {
  const { words, only } = view;
  const all = answer.quotes.length;
  const shown = shownOf(answer);
  const last = Math.max(0, Math.ceil((all - shown) / PAGE_QUOTES));
  const at = Math.min(number, last);
  const first = at === 0 ? 0 : shown + (at - 1) * PAGE_QUOTES;
  const count = at === 0 ? shown : PAGE_QUOTES;
  const buttons = row(
    button({ does: 'quotes', page: Math.max(0, at - 1), seed: only }, words.earlier, undefined, at === 0),
    button({ does: 'quotes', page: at + 1, seed: only }, words.later, undefined, at >= last),
  );
  const title = text(`### ${words.quotesOf(first + 1, Math.min(first + count, all), all)}`);
  const head = [title, asked(answer), line()];
  return withQuotes(COLOUR.plain, head, blocksOf(answer, view, first, count), buttons, view);
}

/** In plain words, which words and which closeness of meaning found each quote that the answer shows. */
export function whyPage(answer: Answer, { words }: Pick<AnswerView, 'words'>): Page {
  const reasons = answer.quotes.slice(0, shownOf(answer)).map(({ evidence, paragraph }, index) => {
    const found = evidence.words.slice(0, 12).map((word) => `**${inert(word.slice(0, 40))}**`);
    const byWords = found.length === 0 ? words.whyNoWords : words.whyWords(found.join(', '));
    const closeness = words.whyCloseness(evidence.cosine.toFixed(2));
    return text(`${inert(`[${index + 1}]`)} ¶${paragraph}\n- ${byWords}\n- ${closeness}`);
  });
  return page(COLOUR.plain, [text(`### ${words.whyTitle}\n${SUBTEXT}${words.whyIntro}`), line(), ...reasons]);
}

/** Names what an answer quotes, to notice when another would be given. */
export function printOf(answer: Answer, seeds: readonly Seed[]): string {
  const digests = new Map(seeds.map(({ id, digest }) => [id, digest]));
  const places = answer.quotes
    .slice(0, PAGE_QUOTES)
    .map(({ seed, start, end }) => `${digests.get(seed)} ${start} ${end}`);
  return createHash('sha256').update(places.join('\n')).digest('hex').slice(0, 12);
}

function colourOf({ outcome }: Answer): number {
  return { answered: COLOUR.answered, related: COLOUR.related, 'not-in-sources': COLOUR.absent }[outcome];
}

/** How many quotes are shown with the outcome. */
function shownOf({ outcome }: Answer): number {
  return outcome === 'not-in-sources' ? NEAREST_QUOTES : PAGE_QUOTES;
}

function headOf(answer: Answer, { words, note }: AnswerView): Part[] {
  const { outcome, notice } = answer;
  const sure = words.sure(Math.round(answer.confidence * 100));
  const outcomes = {
    answered: `### ✓ ${words.answered} · ${sure}`,
    related: `### ≈ ${words.related}`,
    'not-in-sources': `### ∅ ${words.notInSources}`,
  };
  const lines = [
    outcomes[outcome],
    note === undefined ? '' : `${SUBTEXT}${note}`,
    notice === null ? '' : `${SUBTEXT}${words.foreign}`,
  ];
  const head = [text(lines.filter(Boolean).join('\n')), asked(answer), line()];
  const nearest = `${SUBTEXT}${answer.quotes.length > 0 ? words.nearest : words.noQuotes}`;
  return outcome === 'not-in-sources' ? [...head, text(nearest)] : head;
}

/** The question, or how a follow-up was read; the buttons go by this line. */
function asked({ question, readAs }: Answer): Part {
  return readAs === null || readAs.length > MAX_READ_AS_UNITS
    ? text(`${SUBTEXT}${inert(question)}`, QUESTION_ID)
    : text(`${READ_AS}${inert(readAs)}`, READ_AS_ID);
}

function blocksOf(answer: Answer, view: AnswerView, first: number, count: number): QuoteBlock[] {
  return answer.quotes.slice(first, first + count).map((quote, index) => {
    const seed = view.seeds.find(({ id }) => id === quote.seed);
    const at = first + index;
    const bold = at === 0 ? answer.span : null;
    // Only the first is called an answer.
    const above = at === 1 && answer.outcome === 'answered' ? `${SUBTEXT}${view.words.further}` : '';
    return quoteBlock(quote, seed, at + 1, view.words, { bold, above });
  });
}
