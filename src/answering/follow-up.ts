import { isFunctionWord, termsOf } from '../indexing/terms.ts';
import type { Exchange } from './library.ts';

const LEANS_ON =
  /^(?:and|but|so|or|also|then|what about|how about)\b.{0,40}$|^(?:why|when|where|how|who)\s*\?*$|\b(?:he|she|they|them|him|her|his|hers|their|it|its|this|that|these|those|there|then|one|ones|other side)\b/iu;
/** A question with more content words than this says by itself what it is about. */
const MAX_OWN_WORDS = 6;

/**
 * Reads a question that leans on the one before it: the words to search for, or null when it stands alone.
 * Only the words searched for change; what is quoted stays the article's.
 */
export function readFollowUp(question: string, previous: Exchange): string | null {
  const own = termsOf(question).filter(({ word }) => !isFunctionWord(word));
  if (own.length > MAX_OWN_WORDS || !LEANS_ON.test(question)) return null;
  const seen = new Set(own.map(({ stem }) => stem));
  const context = termsOf(previous.question)
    .filter(({ word, stem }) => !isFunctionWord(word) && !seen.has(stem))
    .map(({ start, end }) => previous.question.slice(start, end));
  return context.length === 0 ? null : `${question} (${context.join(' ')})`;
}
