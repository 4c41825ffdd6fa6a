/** One text as the model sees it. */
export interface Embedding {
  /** Unit length, `dimensions` numbers. */
  readonly vector: Float32Array;
  /**
   * The last layer's vector of each word piece, row by row, each of unit length, special tokens left out:
   * `pieces.length × dimensions` numbers.
   */
  readonly tokenVectors: Float32Array;
  /** The word pieces, as in the model's vocabulary (`##` opens a continuation). */
  readonly pieces: readonly string[];
}

/** Turns texts into vectors. A text past `maxTokens` is refused, never cut. */
export interface Embedder {
  /** Changes whenever the same text could get another vector: model digest, dtype, pooling. */
  readonly fingerprint: string;
  /** Length of every vector. */
  readonly dimensions: number;
  /** Most word pieces of one text, the two special tokens included. */
  readonly maxTokens: number;
  /** Word pieces of a text, the two special tokens included. */
  countTokens(text: string): number;
  /**
   * @returns one embedding a text, in order
   * @throws {RangeError} when a text has more than `maxTokens` word pieces
   */
  embed(texts: readonly string[]): Promise<Embedding[]>;
}
