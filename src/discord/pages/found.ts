import type { Found } from '../../answering/library.ts';
import type { FindMode } from '../custom-ids.ts';
import { clip, inert } from '../markdown.ts';
import { button, COLOUR, line, type Page, row, text } from '../page.ts';
import { QUESTION_ID, SUBTEXT } from '../previous.ts';
import type { AnswerView } from './answer.ts';
import { withQuotes } from './quote-page.ts';
import { quoteBlock } from './quotes.ts';

/** Places on one page. */
const PAGE_PLACES = 5;
/** Most places that a look-up pages through; the library gives fewer that are near in meaning alone. */
export const MAX_PLACES = 50;
/** Shown of a phrase that is not kept. */
const MAX_SHOWN_UNITS = 300;
/** A longer phrase cannot be kept in the message, so it gets one page and no buttons. */
const MAX_KEPT_UNITS = 1000;

/** Where a phrase stands, or what is nearest in meaning; `number` counts pages from 0. */
export function foundPage(
  found: Found,
  mode: FindMode,
  number: number,
  view: Pick<AnswerView, 'words' | 'seeds' | 'only' | 'mayAttach'>,
): Page {
  const { words, only } = view;
  const places = mode === 'exact' ? found.exact : found.byMeaning;
  const last = Math.max(0, Math.ceil(places.length / PAGE_PLACES) - 1);
  const at = Math.min(number, last);
  const counted = words.foundExactly(found.count);
  const cut = mode === 'exact' && found.count > places.length && places.length > 0;
  const title = [
    mode === 'meaning' ? `### ${words.foundByMeaning}\n${SUBTEXT}${counted}` : `### ${counted}`,
    cut ? `${SUBTEXT}${words.firstShown(places.length)}` : '',
  ];
  const kept = found.phrase.length <= MAX_KEPT_UNITS && !found.phrase.includes('\n');
  const head = [
    text(title.filter(Boolean).join('\n')),
    kept
      ? text(`${SUBTEXT}${inert(found.phrase)}`, QUESTION_ID)
      : text(`${SUBTEXT}${inert(clip(found.phrase, MAX_SHOWN_UNITS))}`),
    line(),
  ];
  const turn = (page: number, label: string, disabled: boolean) =>
    button({ does: 'find', mode, page, seed: only }, label, undefined, disabled);
  const other = mode === 'exact' ? 'meaning' : 'exact';
  const otherLabel = mode === 'exact' ? words.byMeaning : words.wordForWord;
  const foot = row(
    ...(last > 0
      ? [turn(Math.max(0, at - 1), words.earlier, at === 0), turn(at + 1, words.later, at >= last)]
      : []),
    button({ does: 'find', mode: other, page: 0, seed: only }, otherLabel),
  );
  const shownPlaces = places.slice(at * PAGE_PLACES, (at + 1) * PAGE_PLACES);
  const blocks = shownPlaces.map((quote, index) => {
    const seed = view.seeds.find(({ id }) => id === quote.seed);
    return quoteBlock(quote, seed, at * PAGE_PLACES + index + 1, words);
  });
  return withQuotes(places.length > 0 ? COLOUR.plain : COLOUR.absent, head, blocks, kept ? foot : [], view);
}
