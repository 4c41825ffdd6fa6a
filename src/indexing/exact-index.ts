import { checkQuery, type Neighbour, type VectorIndex } from './vector-index.ts';

/** Compares the query with every vector: always right, linear in their number. */
export class ExactIndex implements VectorIndex {
  readonly dimensions: number;
  readonly size: number;
  readonly #vectors: Float32Array;

  /** @param vectors `size × dimensions` numbers, row by row, each row of unit length */
  constructor(vectors: Float32Array, dimensions: number) {
    this.#vectors = vectors;
    this.dimensions = dimensions;
    this.size = vectors.length / dimensions;
  }

  search(query: Float32Array, k: number): Neighbour[] {
    checkQuery(query, this.dimensions);
    const scores = new Float32Array(this.size);
    for (let id = 0; id < this.size; id++) scores[id] = cosineOfRow(this.#vectors, id, query);
    return [...scores.keys()]
      .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
      .slice(0, k)
      .map((id) => ({ id, score: scores[id] ?? 0 }));
  }
}

/** Inner product of a unit-length query with a row of a matrix of unit-length rows. */
export function cosineOfRow(vectors: Float32Array, row: number, query: Float32Array): number {
  const offset = row * query.length;
  let sum = 0;
  for (let d = 0; d < query.length; d++) sum += (vectors[offset + d] ?? 0) * (query[d] ?? 0);
  return sum;
}
