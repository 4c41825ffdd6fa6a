import { type Dateline, readByline, readDateline, readWireDateline } from './datelines.ts';
import { endsWithSomeCredit, isCaption, isCredit, isFurniture, sourceNamed } from './line-shapes.ts';
import { endsSentence, oneLine, type Piece } from './lines.ts';
import { outletLikeness } from './outlets.ts';
import type { BlockKind } from './seed.ts';

/** What a seed's text says about itself; null where it says nothing. */
export interface FoundMetadata {
  readonly title: string | null;
  readonly publisher: string | null;
  /** `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`. */
  readonly updated: string | null;
}

/** The pieces of an article, each with its kind, and what it says about itself. */
export interface Article extends FoundMetadata {
  /** One a piece, in order. */
  readonly kinds: readonly BlockKind[];
}

/** Lines past this are paragraphs, whatever they look like. */
const LONGEST_SHORT_LINE = 600;
const LONGEST_HEADLINE = 160;
const LONGEST_STANDFIRST = 200;
/** Most pieces before the article proper: headline, dateline, outlet, tags, a picture. */
const FRONT_PIECES = 14;
const HEADLINE_WITHIN = 8;
const PROSE_WITHIN = 12;
/** A credit stands among the last pieces of a page. */
const CLOSING_PIECES = 8;

/** Whether a line by itself is something else than the article's prose. */
export function lineKind(line: string): 'noise' | 'caption' | 'credit' | 'dateline' | null {
  if (isFurniture(line)) return 'noise';
  if (line.length > LONGEST_SHORT_LINE) return null;
  if (isCredit(line)) return 'credit';
  if (isCaption(line)) return 'caption';
  return readDateline(line)?.announced ? 'dateline' : null;
}

/**
 * Tells what each piece of an article is. What nothing tells apart is body.
 * @param text the seed's decoded text
 * @param pieces in file order; only `prose` is decided here
 */
export function classify(text: string, pieces: readonly Piece[]): Article {
  const words = pieces.map((piece) => plainWords(text, piece));
  const kinds: BlockKind[] = pieces.map((piece, index) =>
    piece.kind === 'prose' ? (lineKind(words[index] ?? '') ?? 'body') : piece.kind,
  );
  const page: Page = { pieces, words, kinds };
  markDoubledCaptions(page);
  const headline = kinds.includes('headline') ? -1 : findHeadline(page);
  if (headline >= 0) kinds[headline] = 'headline';
  const front = frontLength(page);
  const publishers = markFront(page, front);
  keepCreditsAtTheEdges(page, front);
  return { kinds, title: titleOf(page), publisher: likeliest(publishers), updated: updatedOf(page) };
}

interface Page {
  readonly pieces: readonly Piece[];
  /** Without emphasis marks; on one line where short. */
  readonly words: readonly string[];
  readonly kinds: BlockKind[];
}

function plainWords(text: string, piece: Piece): string {
  const words = text.slice(piece.start, piece.end);
  if (words.length > LONGEST_SHORT_LINE) return words;
  const plain = oneLine(words.replaceAll('*', '').replace(/^_{1,3}|_{1,3}$/g, ''));
  return plain === '' ? words : plain;
}

function isOpen({ pieces, kinds }: Page, index: number): boolean {
  return pieces[index]?.kind === 'prose' && kinds[index] === 'body';
}

/** A line that stands twice in a row and ends in a credit is a picture's caption, pasted with its alt text. */
function markDoubledCaptions(page: Page): void {
  for (const [index, words] of page.words.entries()) {
    if (!isOpen(page, index) || page.words[index + 1] !== words || !endsWithSomeCredit(words)) continue;
    page.kinds[index] = 'caption';
    page.kinds[index + 1] = 'caption';
  }
}

/** Index of the headline, or −1: a short first line without a full stop, before sentences. */
function findHeadline(page: Page): number {
  const first = nextContent(page, 0);
  if (first < 0 || !headlineLike(page, first)) return -1;
  const words = page.words[first] ?? '';
  const surelyOutlet = outletLikeness(words) === 2;
  const beforeDateline = isDateline(page, first + 1);
  const second = nextContent(page, first + 1);
  if (surelyOutlet || (wordCount(words) <= 2 && !beforeDateline)) {
    const dated = [1, 2, 3, 4].some((step) => isDateline(page, first + step));
    const later = second >= 0 && dated && headlineLike(page, second) && wordCount(page.words[second]) >= 4;
    if (later && proseFollows(page, second)) return second;
  }
  if (surelyOutlet && beforeDateline) return -1;
  const asks = /[?!]["'”’)]?$/.test(words);
  const standsApart = beforeDateline || page.pieces[first + 1]?.afterBlank === true;
  return proseFollows(page, first) && (!asks || standsApart) ? first : -1;
}

/** The first piece from `from` on that is neither furniture nor a dateline, if it may be a headline's place. */
function nextContent(page: Page, from: number): number {
  for (let index = from; index < Math.min(page.pieces.length, HEADLINE_WITHIN); index += 1) {
    if (page.kinds[index] === 'noise' || isDateline(page, index)) continue;
    return isOpen(page, index) ? index : -1;
  }
  return -1;
}

function headlineLike(page: Page, index: number): boolean {
  const words = page.words[index] ?? '';
  if (words.length > LONGEST_HEADLINE || wordCount(words) > 30) return false;
  if (/^(?:\p{Ll}(?!\p{Lu})|[-*•–]\s|[<>{|])/u.test(words) || !/\p{L}/u.test(words)) return false;
  return !/[.,;:…]["'”’)\]]{0,3}$/.test(words);
}

function proseFollows({ words, kinds }: Page, index: number): boolean {
  const next = words.slice(index + 1, index + 1 + PROSE_WITHIN);
  return next.some(
    (one, offset) =>
      kinds[index + 1 + offset] === 'body' && (endsSentence(one) || one.length > LONGEST_HEADLINE),
  );
}

function isDateline({ pieces, words, kinds }: Page, index: number): boolean {
  if (kinds[index] === 'dateline') return true;
  return pieces[index]?.kind === 'prose' && readDateline(words[index] ?? '') !== null;
}

/** How many pieces stand before the article proper; one short sentence under a headline is a standfirst. */
function frontLength(page: Page): number {
  let standfirst = page.kinds.indexOf('headline') >= 0;
  const most = Math.min(page.pieces.length, FRONT_PIECES);
  for (let index = 0; index < most; index += 1) {
    if (page.kinds[index] !== 'body') continue;
    const words = page.words[index] ?? '';
    const marked = page.pieces[index]?.kind !== 'prose';
    if (!marked && words.length <= LONGEST_HEADLINE && !endsSentence(words)) continue;
    if (marked || !standfirst || words.length > LONGEST_STANDFIRST) return index;
    standfirst = false;
  }
  return most;
}

interface NamedPublisher {
  readonly name: string;
  /** 3 surely an outlet, 2 credited as one, 1 a name in the outlet's place. */
  readonly weight: number;
}

/** Marks bare dates, bylines and the outlet's name before the article; returns whom they name. */
function markFront(page: Page, front: number): NamedPublisher[] {
  const publishers: NamedPublisher[] = [];
  const add = (name: string | null | undefined, weight: number): void => {
    if (name) publishers.push({ name, weight: outletLikeness(name) === 2 ? 3 : weight });
  };
  for (const [index, words] of page.words.entries()) {
    if (page.kinds[index] === 'dateline') add(readDateline(words)?.publisher, 2);
    if (index >= front) continue;
    if (page.kinds[index] === 'credit') add(sourceNamed(words), 2);
    if (!isOpen(page, index)) continue;
    const found = readDateline(words) ?? readWireDateline(words) ?? (index > 0 ? readByline(words) : null);
    if (!found) continue;
    page.kinds[index] = 'dateline';
    add(found.publisher, 2);
  }
  const outlets = page.words.slice(0, front).flatMap((words, index) => {
    const likeness = isOpen(page, index) ? outletLikeness(words) : 0;
    if (likeness === 0) return [];
    const after = neighbour(page, index, 1);
    const beside = after === 'dateline' || neighbour(page, index, -1) === 'dateline';
    return beside || (likeness === 2 && after === 'headline') ? [index] : [];
  });
  for (const index of outlets) {
    page.kinds[index] = 'dateline';
    add(page.words[index], 1);
  }
  return publishers;
}

/** Kind of the next piece in a direction that is not noise. */
function neighbour({ kinds }: Page, index: number, step: -1 | 1): BlockKind | undefined {
  let next = index + step;
  for (let seen = 0; seen < FRONT_PIECES && kinds[next] === 'noise'; seen += 1) next += step;
  return kinds[next];
}

function keepCreditsAtTheEdges({ kinds }: Page, front: number): void {
  for (let index = front; index < kinds.length - CLOSING_PIECES; index += 1) {
    if (kinds[index] === 'credit') kinds[index] = 'body';
  }
}

function likeliest(publishers: readonly NamedPublisher[]): string | null {
  const most = Math.max(
    ...[0, 1, 2, 3].filter((weight) => publishers.some((one) => one.weight === weight)),
    0,
  );
  return publishers.find((one) => one.weight === most)?.name ?? null;
}

function titleOf({ pieces, words, kinds }: Page): string | null {
  const level = kinds.some((kind, index) => kind === 'headline' && (pieces[index]?.level ?? 0) <= 1) ? 1 : 6;
  const index = kinds.findIndex((kind, at) => kind === 'headline' && (pieces[at]?.level ?? 0) <= level);
  return words[index] ?? null;
}

function updatedOf({ words, kinds }: Page): string | null {
  const datelines = words.flatMap((one, index): Dateline[] => {
    const dateline = kinds[index] === 'dateline' ? readDateline(one) : null;
    return dateline?.updated ? [dateline] : [];
  });
  return (datelines.find(({ revised }) => revised) ?? datelines[0])?.updated ?? null;
}

function wordCount(words: string | undefined): number {
  return (words ?? '').split(/\s+/).length;
}
