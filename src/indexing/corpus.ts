import type { Seed, Span } from '../seeds/seed.ts';
import type { Generation } from './generation.ts';
import type { LexicalIndex } from './lexical-index.ts';
import type { VectorIndex } from './vector-index.ts';

/** A seed, and which of the corpus's sentences are its own. */
export interface IndexedSeed {
  readonly seed: Seed;
  /** Its sentences are `corpus.sentences.slice(firstSentence, endSentence)`. */
  readonly firstSentence: number;
  readonly endSentence: number;
}

/** A sentence of the corpus; its id is its place in `corpus.sentences`. */
export interface IndexedSentence extends Span {
  /** Index into `corpus.seeds`. */
  readonly seed: number;
  /** Index into the seed's blocks. */
  readonly block: number;
  /** Index into `corpus.passages`. */
  readonly passage: number;
}

/** A passage of the corpus; its id is its place in `corpus.passages`. */
export interface IndexedPassage extends Span {
  readonly seed: number;
  readonly firstSentence: number;
  readonly endSentence: number;
}

/** Vectors of one kind of unit, row by row, and the index that searches them. */
export interface VectorSpace {
  /** `size × dimensions` numbers; each row has unit length. */
  readonly rows: Float32Array;
  readonly index: VectorIndex;
}

/** One generation in memory: all that a question is searched in. */
export interface Corpus {
  readonly seeds: readonly IndexedSeed[];
  /** In order of seed, then of place; so are the passages. */
  readonly sentences: readonly IndexedSentence[];
  readonly passages: readonly IndexedPassage[];
  readonly dimensions: number;
  readonly sentenceVectors: VectorSpace;
  readonly passageVectors: VectorSpace;
  readonly lexical: LexicalIndex;
  /**
   * The vectors of a sentence's word pieces, row by row, `dimensions` numbers each, scaled so that the largest of
   * a row is ±127: good for cosines only.
   */
  tokenVectors(sentence: number): Int8Array;
}

/** What a build made, as a corpus that `sentenceIndex` and `passageIndex` search. */
export function corpusOf(
  { units, dimensions, sentences, passages, lexical }: Generation,
  sentenceIndex: VectorIndex,
  passageIndex: VectorIndex,
): Corpus {
  return {
    ...units,
    dimensions,
    sentenceVectors: { rows: sentences.vectors, index: sentenceIndex },
    passageVectors: { rows: passages.vectors, index: passageIndex },
    lexical,
    tokenVectors: sentences.tokens,
  };
}
