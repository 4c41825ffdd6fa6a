import type { Span } from './seed.ts';

/** One line of a text that holds more than white space, trimmed of it on both sides. */
export interface Line extends Span {
  /** UTF-16 code units of white space before `start` on the same line. */
  readonly indent: number;
  /** Whether the line opens the text or follows a blank line. */
  readonly afterBlank: boolean;
}

/** What a cutter makes of a text before the article as a whole is looked at; trimmed, in file order. */
export interface Piece extends Span {
  /** `prose` is still undecided; the rest is told by the markup itself. */
  readonly kind: 'prose' | 'headline' | 'body' | 'caption';
  /** 1 … 6 for a headline, else 0. */
  readonly level: number;
  /** Whether it opens the text or a blank line stands before it. */
  readonly afterBlank: boolean;
}

const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/g;
const BLANK = /\s/;

/** White space as JavaScript trims it: a byte order mark and a no-break space are blank too. */
export function isBlank(character: string | undefined): boolean {
  return character !== undefined && BLANK.test(character);
}

/** `[start, end)` without the white space at its edges; `start === end` when nothing else is in it. */
export function trimSpan(text: string, start: number, end: number): Span {
  let first = start;
  let last = end;
  while (first < last && isBlank(text[first])) first += 1;
  while (last > first && isBlank(text[last - 1])) last -= 1;
  return { start: first, end: last };
}

/** The lines of `text` that are not blank, in file order. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let afterBlank = true;
  let from = 0;
  const take = (to: number): void => {
    const { start, end } = trimSpan(text, from, to);
    if (start < end) lines.push({ start, end, indent: start - from, afterBlank });
    afterBlank = start === end;
  };
  for (const { 0: lineBreak, index } of text.matchAll(LINE_BREAK)) {
    take(index);
    from = index + lineBreak.length;
  }
  take(text.length);
  return lines;
}

const PIECE_BREAK = /\r\n|[\n\r\u2028\u2029]|!\[/g;

/** No fewer than the pieces that a cutter makes of a text; counts no further than one past `most`. */
export function countPieces(text: string, most: number): number {
  let pieces = 1;
  const breaks = text.matchAll(PIECE_BREAK);
  while (pieces <= most && !breaks.next().done) pieces += 1;
  return pieces;
}

const LONGEST_ENDING = 24;
const FOOTNOTE_MARKS = /(?:\[\d{1,3}\]){1,4}$/;
const SENTENCE_END = /[.!?…。！？]\s?["'”’»)\]]{0,4}$/;

/** Whether a trimmed text ends as a sentence does: a stop, closing quotes or brackets, footnote marks. */
export function endsSentence(words: string): boolean {
  return SENTENCE_END.test(words.slice(-LONGEST_ENDING).replace(FOOTNOTE_MARKS, ''));
}

/** White space of any length becomes one space. */
export function oneLine(words: string): string {
  return words.replace(/\s+/g, ' ').trim();
}
