import { stemmer } from 'stemmer';
import type { SentenceWords } from './lexical-index.ts';
import { type WrittenWord, wordClasses } from './word-class.ts';

/** A word of a text, as it is searched. */
export interface Term {
  /** Lower case, without accents and possessive ending, stemmed (Porter). */
  readonly stem: string;
  /** Lower case, as written. */
  readonly word: string;
  /** UTF-16 offset of the word in the text. */
  readonly start: number;
  readonly end: number;
}

/** Longest word that is kept whole; what is longer is no word and is cut. */
const MAX_WORD_UNITS = 64;
/**
 * A word: letters and digits; full stops between single letters (U.S.), commas and points inside numbers, and
 * apostrophes belong to it. Han, kana and Hangul have no spaces to go by: each character is a word.
 */
const WORD =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\d+(?:[.,]\d+)*|\p{L}(?:\.\p{L})+(?![\p{L}\p{N}])|(?:(?!\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul})[\p{L}\p{N}\p{M}])+(?:['’]\p{L}+)?/gu;

/** Cuts a text into its words, in order. */
export function termsOf(text: string): Term[] {
  const terms: Term[] = [];
  for (const match of text.matchAll(WORD)) {
    const word = match[0].slice(0, MAX_WORD_UNITS).toLowerCase();
    terms.push({ stem: stemOf(word), word, start: match.index, end: match.index + match[0].length });
  }
  return terms;
}

/** The words of one sentence, as the lexical index takes them. */
export function sentenceWords(text: string): SentenceWords {
  const terms = termsOf(text);
  const classes = wordClasses(writtenWords(text, terms));
  return terms.map(({ stem }, i) => ({ stem, wordClass: classes[i] ?? 0 }));
}

/** The words as they stand in the text. */
export function writtenWords(text: string, terms: readonly Term[]): WrittenWord[] {
  return terms.map(({ word, start, end }, i) => ({
    word,
    written: text.slice(start, end),
    before: text.slice(terms[i - 1]?.end ?? 0, start),
    after: text.slice(end, terms[i + 1]?.start),
  }));
}

const stems = new Map<string, string>();
const MAX_CACHED_STEMS = 100_000;

function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const plain = word
    .replace(/['’]s?$|['’](?=\p{L})/u, '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '');
  const bare = /^\d/.test(plain) ? plain.replaceAll(',', '') : plain.replaceAll('.', '');
  const stem = /^[a-z]{3,}$/.test(bare) ? stemmer(bare) : bare;
  if (stems.size >= MAX_CACHED_STEMS) stems.clear();
  stems.set(word, stem);
  return stem;
}
