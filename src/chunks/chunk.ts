import type { Seed, Span } from '../seeds/seed.ts';

/** Raise this when the same seed would be cut differently: older indexes are then rebuilt. */
export const CHUNK_POLICY = 1;

/** The smallest unit that is ranked and quoted. */
export interface Sentence extends Span {
  /** Index into `seed.blocks`. */
  readonly block: number;
  /** Index into the seed's passages. */
  readonly passage: number;
}

/** A run of sentences of one block that fits into the model. */
export interface Passage extends Span {
  /** Index into `seed.blocks`. */
  readonly block: number;
  /** Its sentences are `sentences.slice(firstSentence, endSentence)`. */
  readonly firstSentence: number;
  readonly endSentence: number;
}

/** A seed cut into what is embedded: both lists in file order, each quotable character in one of each. */
export interface Chunks {
  readonly seed: Seed;
  readonly sentences: readonly Sentence[];
  readonly passages: readonly Passage[];
}

/** Counts a text's word pieces, the model's two special tokens included. */
export type CountTokens = (text: string) => number;
