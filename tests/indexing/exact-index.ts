import { Best } from '../../src/indexing/best.ts';
import { checkQuery, type Neighbour, type VectorIndex } from '../../src/indexing/vector-index.ts';
import { InnerProducts } from './inner-products.ts';

/** The vectors of the index that was searched last: a process mostly has one. */
const products = new InnerProducts();
let searched: Float32Array | undefined;

/** Compares the query with every vector as it is: the oracle of the others. */
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
    if (this.#vectors !== searched) products.setRows(this.#vectors, this.dimensions);
    searched = this.#vectors;
    const scores = products.with(query);
    const best = new Best(k);
    for (let id = 0; id < this.size; id++) best.offer(id, scores[id] as number);
    return best.ranked().map(({ id, value }) => ({ id, score: value }));
  }
}
