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
 * there are none. Only what is searched for changes; what is quoted stays the article's.
 */
export function withContext(question: string, previous: Exchange): string | null {
  const seen = new Set(termsOf(question).map(({ stem }) => stem));
  const context = termsOf(previous.question)
    .filter(({ word, stem }) => !isFunctionWord(word) && !seen.has(stem))
    .map(({ start, end }) => previous.question.slice(start, end));
  return context.length === 0 ? null : `${question} (${context.join(' ')})`;
}
