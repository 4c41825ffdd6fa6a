import { isFunctionWord } from '../indexing/function-words.ts';
import { termsOf } from '../indexing/terms.ts';
import type { Exchange } from './library.ts';

const LEANS_ON =
  /^(?:and|but|so|or|also|then|what about|how about)\b.{0,40}$|^(?:why|when|where|how|who)\s*\?*$|\b(?:he|she|they|them|him|her|his|hers|their|it|its|this|that|these|those|there|then|one|ones|other side)\b/iu;
const WANTS_OTHER = /\b(?:else|another|more)\b/i;
/** A question with more content words than this says by itself what it is about. */
const MAX_OWN_WORDS = 6;

/** Whether a question may lean on the one before it. */
export function leansOnPrevious(question: string): boolean {
  const own = termsOf(question).filter(({ word }) => !isFunctionWord(word));
  return own.length <= MAX_OWN_WORDS && LEANS_ON.test(question);
}

/** Whether what was quoted before is not what is wanted now: "what else …?" */
export function wantsOther(question: string): boolean {
  return WANTS_OTHER.test(question);
}

/** Whether a follow-up has a word of its own that the quote before it lacks: "And in winter?" */
export function hasNewWords(question: string, quote: string): boolean {
  const said = new Set(termsOf(quote).map(({ stem }) => stem));
  return termsOf(question).some(({ word, stem }) => !isFunctionWord(word) && !said.has(stem));
}

/**
 * Reads a question with the words of the one before it that it does not have: the words to search for, or null when
 * there are none. A name whose other half is said again is left out: after "the South Korean co-head", "the North Korean
 * one" is not the South's. Only what is searched for changes; what is quoted stays the article's.
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
    isName(at) && [at - 1, at + 1].some((beside) => isName(beside) && isSaid(beside));
  const context = before.flatMap((term, at) =>
    isContent(term) && !isSaid(at) && !isReplaced(at) ? [written(at)] : [],
  );
  return context.length === 0 ? null : `${question} (${context.join(' ')})`;
}
