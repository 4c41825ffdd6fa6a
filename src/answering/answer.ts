import type { BlockKind } from '../seeds/seed.ts';

/** *answered* · *related* (closest passages, not an answer) · *not in the sources*. */
export type Outcome = 'answered' | 'related' | 'not-in-sources';

/** A verbatim piece of a seed and its place: `text` is the file's `text.slice(start, end)`. */
export interface Quote {
  readonly text: string;
  /** The seed's id. */
  readonly seed: string;
  readonly path: string;
  readonly title: string;
  readonly publisher: string | null;
  readonly updated: string | null;
  readonly url: string | null;
  readonly kind: BlockKind;
  /** The number after `¶`, from 1. */
  readonly paragraph: number;
  /** UTF-16 code units into the decoded file. */
  readonly start: number;
  readonly end: number;
  /** How well it fits the question, 0 … 1, higher is better; comparable within one answer. */
  readonly score: number;
  /** Why it was found, for people: question words present in it, and closeness of meaning −1 … 1. */
  readonly evidence: { readonly words: readonly string[]; readonly cosine: number };
}

/** What a question gets; shown by the terminal and by Discord, decided by neither. */
export interface Answer {
  readonly question: string;
  /** How a follow-up was read, or null when the question was taken as it is. */
  readonly readAs: string | null;
  /** One sentence about how the search was done when that limits the answer, or null. */
  readonly notice: string | null;
  readonly outcome: Outcome;
  /** Calibrated probability, 0 … 1, that the first quote answers the question. */
  readonly confidence: number;
  /** A span of the first quote that answers by itself, in file offsets; null where that is not reliable. */
  readonly span: { readonly start: number; readonly end: number } | null;
  /** Text of `span`, or null. */
  readonly answer: string | null;
  /** At most `limit` (3 by default), best first. */
  readonly quotes: readonly Quote[];
  readonly timings: { readonly embedMs: number; readonly searchMs: number; readonly totalMs: number };
}
