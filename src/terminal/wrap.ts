import type { Span } from '../seeds/seed.ts';

const BLANK = /[\t\n\v\f\r\u0085\u2028\u2029]/gu;
/** What would move the cursor, colour the screen or turn the direction of writing. */
const ACTIVE = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/** What has no width and shapes no letter; joiners do shape some. */
const INVISIBLE = /[\u00ad\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]/gu;
const WORD = /[^ \t\n\v\f\r\u0085\u2028\u2029]+/gu;
const NO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]/u;
/** East Asian wide and emoji (Unicode Standard Annex 11), near enough to break lines. */
const WIDE =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})/u;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * A text of unknown origin for a terminal, on one line: white space as spaces, what would act on the terminal as `�`,
 * the rest as it is.
 */
export function inert(text: string): string {
  return text.replace(BLANK, ' ').replace(ACTIVE, '\ufffd').replace(INVISIBLE, '');
}

/** Columns that a text takes on a terminal. */
export function displayWidth(text: string): number {
  let columns = 0;
  for (const character of text) columns += NO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return columns;
}

/**
 * Breaks a text into lines of at most `columns` on white space; only a word that is longer than a line is broken.
 * @returns a span of `text` for each line; white space between lines is in none
 */
export function wrapLines(text: string, columns: number): Span[] {
  const lines: { start: number; end: number }[] = [];
  let width = 0;
  for (const word of wordsOf(text, columns)) {
    const wordWidth = displayWidth(inert(text.slice(word.start, word.end)));
    const line = lines.at(-1);
    const gap = line === undefined ? 0 : word.start - line.end;
    if (line !== undefined && width + gap + wordWidth <= columns) {
      line.end = word.end;
      width += gap + wordWidth;
    } else {
      lines.push({ ...word });
      width = wordWidth;
    }
  }
  return lines;
}

function* wordsOf(text: string, columns: number): Generator<Span> {
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (word.length <= columns / 2 || displayWidth(inert(word)) <= columns) {
      yield { start: index, end: index + word.length };
      continue;
    }
    let start = index;
    let width = 0;
    for (const { segment, index: at } of graphemes.segment(word)) {
      const more = displayWidth(inert(segment));
      if (width > 0 && width + more > columns) {
        yield { start, end: index + at };
        start = index + at;
        width = 0;
      }
      width += more;
    }
    yield { start, end: index + word.length };
  }
}
