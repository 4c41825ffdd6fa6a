import { stemmer } from 'stemmer';
import type { SentenceWords } from './lexical-index.ts';
import { wordClass } from './word-class.ts';

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
  return termsOf(text).map(({ stem, word, start, end }, i) => ({
    stem,
    wordClass: wordClass(word, text.slice(start, end), i === 0),
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

const FUNCTION_WORDS = new Set(
  `a about above after again against all also am an and any are aren't as at be because been before being below
  between both but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each few
  for from further had hadn't has hasn't have haven't having he her here hers herself him himself his how i if in
  into is isn't it its itself just me more most my myself no nor not now of off on once only or other our ours
  ourselves out over own same she should shouldn't so some such than that the their theirs them themselves then
  there these they this those through to too under until up upon very was wasn't we were weren't what what's when
  where which while who whom whose why will with won't would wouldn't you your yours yourself yourselves according
  please tell give know say said many much`.split(/\s+/),
);

/** Whether a word (lower case) says nothing about the subject of a question. */
export function isFunctionWord(word: string): boolean {
  return FUNCTION_WORDS.has(word.replace('’', "'"));
}
