import type { Seed, Span } from '../seeds/seed.ts';
import { type Normalised, normalise } from './normalise.ts';
import type { Place } from './place.ts';
import { placeOf, type SeedWords, wordBefore, wordsOfAll } from './seed-words.ts';

/** Nobody quotes more at once, and it bounds the work that a stranger can ask for. */
export const MAX_PHRASE_UNITS = 4000;

/** Claimed words in normalised form: `text.slice(start, end)` must stand, what surrounds it may. */
export interface Phrase extends Span {
  readonly text: string;
}

/**
 * Every place where the exact phrase stands, whole words at both ends. Typesetting does not count: case, kinds
 * of quotation mark and dash, white space, invisible characters, and marks that surround the phrase.
 *
 * @param limit how many places are returned at most; `count` counts them all
 * @returns places in order of seed id, then offset
 * @throws {RangeError} when the phrase has more than `MAX_PHRASE_UNITS` UTF-16 units
 */
export function findPhrase(
  phrase: string,
  seeds: readonly Seed[],
  limit: number,
): { count: number; places: Place[] } {
  const wanted = trimMarks(readBounded(phrase, 'phrase').text);
  let count = 0;
  const places: Place[] = [];
  for (const words of wordsOfAll(seeds)) {
    for (const { start, end } of standings(wanted, words)) {
      count += 1;
      if (places.length < limit) places.push(placeOf(words, start, end));
    }
  }
  return { count, places };
}

/**
 * @param what how the message calls the text
 * @throws {RangeError} when the text has more than `MAX_PHRASE_UNITS` UTF-16 units
 */
export function readBounded(text: string, what: 'claim' | 'phrase'): Normalised {
  if (text.length > MAX_PHRASE_UNITS) {
    throw new RangeError(
      `The ${what} has ${text.length} characters, and at most ${MAX_PHRASE_UNITS} are looked up at once; shorten it.`,
    );
  }
  return normalise(text);
}

/** A phrase of punctuation alone stands everywhere and is no quote; a sign or an emoji may be one. */
const SAYS_SOMETHING = /[\p{L}\p{N}\p{S}]/u;

/** How people mark what they left out, in normalised form. */
const ELLIPSES = ['[...]', '(...)', '...'];

/** Leaves the marks that a person puts around a quote out of what must stand. */
export function trimMarks(text: string): Phrase {
  let start = 0;
  let end = text.length;
  for (let mark = leadingMark(text, start); mark > 0; mark = leadingMark(text, start)) start += mark;
  for (let mark = trailingMark(text, end); mark > 0 && end > start; mark = trailingMark(text, end))
    end -= mark;
  return { text, start, end: Math.max(start, end) };
}

function leadingMark(text: string, at: number): number {
  if (' \'"'.includes(text.charAt(at))) return text.charAt(at).length;
  return ELLIPSES.find((mark) => text.startsWith(mark, at))?.length ?? 0;
}

function trailingMark(text: string, end: number): number {
  if (end > 0 && ' \'".,'.includes(text.charAt(end - 1))) return 1;
  return ELLIPSES.find((mark) => text.endsWith(mark, end))?.length ?? 0;
}

/**
 * Every place of a phrase in one seed, as spans of the seed's normalised text; overlapping ones too.
 * The marks around the phrase belong to the span where they stand there as well.
 *
 * @param from where in the normalised text the search begins
 */
export function* standings(phrase: Phrase, words: SeedWords, from = 0): Generator<Span> {
  const core = phrase.text.slice(phrase.start, phrase.end);
  if (!SAYS_SOMETHING.test(core)) return;
  for (let at = words.text.indexOf(core, from); at !== -1; at = words.text.indexOf(core, at + 1)) {
    const end = at + core.length;
    if (opensCleanly(words, at) && closesCleanly(words, end)) {
      yield widen(phrase, words, at, end);
    }
  }
}

/** Neither within a word nor within one source character (a ligature, a surrogate pair). */
function opensCleanly(words: SeedWords, at: number): boolean {
  if (at > 0 && words.starts[at] === words.starts[at - 1]) return false;
  return wordEndAfter(words, at) <= at;
}

/** As for the opening, but a possessive may follow: `DPRK` stands in `DPRK's`; `can` not in `can't`. */
function closesCleanly(words: SeedWords, end: number): boolean {
  if (end < words.text.length && words.starts[end] === words.starts[end - 1]) return false;
  const wordEnd = wordEndAfter(words, end);
  return wordEnd <= end || words.text.slice(end, wordEnd) === "'s";
}

/** Takes the phrase's surrounding marks into a span, as far as the same ones stand there and cut no word. */
export function widen(phrase: Phrase, words: SeedWords, start: number, end: number): Span {
  const { text } = words;
  let from = start;
  let to = end;
  for (let i = phrase.start - 1; i >= 0 && from > 0 && phrase.text[i] === text[from - 1]; i -= 1) from -= 1;
  for (let i = phrase.end; i < phrase.text.length && phrase.text[i] === text[to]; i += 1) to += 1;
  while (text[from] === ' ') from += 1;
  while (text[to - 1] === ' ') to -= 1;
  return { start: from, end: wordEndAfter(words, to) > to ? end : to };
}

/** Where the last word that starts before `at` ends: after `at` if `at` lies within that word. */
function wordEndAfter(words: SeedWords, at: number): number {
  return words.wordEnds[wordBefore(words, at)] ?? 0;
}
