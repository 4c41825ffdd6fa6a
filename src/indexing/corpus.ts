import type { Seed, Span } from '../seeds/seed.ts';
import type { Generation } from './generation.ts';
import type { LexicalIndex } from './lexical-index.ts';
import { columnOf, type UnitList } from './unit-columns.ts';
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

/** One generation: all that a question is searched in. */
export interface Corpus {
  readonly seeds: readonly IndexedSeed[];
  /** In order of seed, then of place; so are the passages. */
  readonly sentences: UnitList<IndexedSentence>;
  readonly passages: UnitList<IndexedPassage>;
  /** The passage of each sentence: a question that has a common word looks hundreds of thousands of them up. */
  readonly passageOf: Uint32Array;
  /** The block of each sentence in its seed. */
  readonly blockOf: Uint32Array;
  /** How many words each passage has. */
  readonly passageWords: Uint32Array;
  readonly dimensions: number;
  /** Of unit length; it holds until another is asked for. */
  sentenceVector(sentence: number): Float32Array;
  passageVector(passage: number): Float32Array;
  /** Finds passages; sentences are found by their passages and their words. */
  readonly passageIndex: VectorIndex;
  readonly lexical: LexicalIndex;
  /**
   * The vectors of a sentence's word pieces, row by row, `dimensions` numbers each, scaled so that the largest of
   * a row is ±127: good for cosines only.
   */
  tokenVectors(sentence: number): Int8Array;
}

/** What a build made, as a corpus. */
export function corpusOf(
  generation: Omit<Generation, 'fingerprint' | 'passageGraph' | 'passageIndex'> &
    Pick<Corpus, 'passageIndex'>,
): Corpus {
  const { units, dimensions, sentences, passages, passageIndex, lexical } = generation;
  const { wordStarts } = lexical;
  const firstSentences = columnOf(units.passages, 'firstSentence');
  return {
    ...units,
    passageOf: columnOf(units.sentences, 'passage'),
    blockOf: columnOf(units.sentences, 'block'),
    passageWords: columnOf(units.passages, 'endSentence').map(
      (end, passage) => (wordStarts[end] ?? 0) - (wordStarts[firstSentences[passage] ?? 0] ?? 0),
    ),
    dimensions,
    sentenceVector: sentences.row,
    passageVector: passages.row,
    passageIndex,
    lexical,
    tokenVectors: sentences.tokens,
  };
}
