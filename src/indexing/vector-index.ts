/** A vector near the query. */
export interface Neighbour {
  /** The vector's row, 0 … size − 1. */
  readonly id: number;
  /** Cosine similarity, −1 … 1, higher is closer. */
  readonly score: number;
}

/** Finds the vectors nearest to a query by cosine. All vectors have unit length. */
export interface VectorIndex {
  readonly size: number;
  readonly dimensions: number;
  /**
   * @param query unit length, `dimensions` numbers
   * @param k how many to return; fewer when there are fewer vectors
   * @returns nearest first
   * @throws {RangeError} when the query's length is not `dimensions` or a number in it is not finite
   */
  search(query: Float32Array, k: number): Neighbour[];
}

/** Refuses a query that no index can answer. */
export function checkQuery(query: Float32Array, dimensions: number): void {
  if (query.length !== dimensions) {
    throw new RangeError(`query has ${query.length} dimensions, the index has ${dimensions}`);
  }
  if (!query.every(Number.isFinite)) throw new RangeError('query holds a number that is not finite');
}
