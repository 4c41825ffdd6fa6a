import { isFunctionWord } from '../indexing/function-words.ts';
import { termsOf } from '../indexing/terms.ts';
import type { Question } from '../retrieval/question.ts';
import type { Exchange } from './library.ts';

const LEANS_ON =
  /^(?:and|but|so|or|also|then|what about|how about)\b.{0,40}$|^(?:why|when|where|how|who)\s*\?*$|\b(?:he|she|they|them|him|her|his|hers|their|it|its|this|that|these|those|there|then|one|ones|other side)\b/iu;
const WANTS_OTHER = /\b(?:else|another|more)\b/i;
const OTHER = /\bother\b/i;
/** "The North Korean one": a word for what was spoken of. */
const STANDS_FOR = /^ones?$/i;
/** What opens so says nothing by itself. */
const GOES_ON = /^(?:and|but|or|what about|how about)\b/iu;
/** A question with more content words than this says by itself what it is about. */
const MAX_OWN_WORDS = 6;

/** Whether a question may lean on the one before it. */
export function leansOnPrevious(question: string): boolean {
  const own = termsOf(question).filter(({ word }) => !isFunctionWord(word));
  return own.length <= MAX_OWN_WORDS && LEANS_ON.test(question);
}

/** Whether a follow-up can only be read with the question before it: "And in winter?" */
export function goesOn(question: string): boolean {
  return GOES_ON.test(question.trim());
}

/** What a follow-up wants of the sentence that was quoted before. */
export type Wanted = 'that or another' | 'rather another' | 'only another';

/**
 * "What else …?" wants another one, and so does what has no word of its own and asks for nothing that can be told by its
 * looks ("Had they been there before?"). Another is likelier where one of its own words is not in what was quoted
 * ("And in winter?").
 * @param ownWords how many of the question's words are its own; those behind them are the question's before
 * @param has by concept of the question, whether that sentence has it
 */
export function wanted(
  { text, concepts, expects }: Pick<Question, 'text' | 'concepts' | 'expects'>,
  ownWords: number,
  has: readonly boolean[],
): Wanted {
  const own = concepts.flatMap(({ first, word }, c) =>
    first < ownWords && !STANDS_FOR.test(word) ? [has[c] === true] : [],
  );
  if (WANTS_OTHER.test(text) || (own.length === 0 && expects === 'other')) return 'only another';
  return own.includes(false) ? 'rather another' : 'that or another';
}

/**
 * Reads a question with the words of the one before it that it does not have: the words to search for, or null when
 * there are none. A name whose other half is said again is left out: after "the South Korean co-head", "the North Korean
 * one" is not the South's, and "the other boat" is none that was named. Only what is searched for changes; what is quoted
 * stays the article's.
 */
export function withContext(question: string, previous: Exchange): string | null {
  const isContent = ({ word }: { readonly word: string }) => !isFunctionWord(word);
  const seen = new Set(
    termsOf(question)
      .filter(isContent)
      .map(({ stem }) => stem),
  );
  const before = termsOf(previous.question);
  const written = (at: number) => previous.question.slice(before[at]?.start, before[at]?.end);
  const isName = (at: number) => /^\p{Lu}/u.test(written(at));
  const isSaid = (at: number) => seen.has(before[at]?.stem ?? '');
  const isReplaced = (at: number) =>
    isName(at) &&
    (OTHER.test(question) || [at - 1, at + 1].some((beside) => isName(beside) && isSaid(beside)));
  const context = before.flatMap((term, at) =>
    isContent(term) && !isSaid(at) && !isReplaced(at) ? [written(at)] : [],
  );
  return context.length === 0 ? null : `${question} (${context.join(' ')})`;
}
