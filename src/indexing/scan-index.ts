import { dot } from '../embedding/pooling.ts';
import { Best } from './best.ts';
import { RoundedProducts, strideOf } from './rounded-rows.ts';
import type { StoredBytes } from './stored-rows.ts';
import { checkQuery, type Neighbour, type VectorIndex } from './vector-index.ts';

/**
 * So many rows more than are wanted are compared exactly. Of 111,353 the 64 nearest to each of 100 questions were among
 * the 69 nearest by the rounded rows, and among 86 where these were rounded as coarsely as can be (docs/performance.md).
 */
const SPARE = 64;

/** The rounded rows of the index that was searched last: a process mostly has one. */
const products = new RoundedProducts();
let searched: StoredBytes | undefined;

/** Compares the query with every row, rounded, and exactly with those that are nearest then: linear in their number. */
export class ScanIndex implements VectorIndex {
  readonly dimensions: number;
  readonly size: number;
  /** As `roundRows` gave them. */
  readonly rounded: StoredBytes;
  readonly #row: (id: number) => Float32Array;

  /** @param row gives the row that was rounded, of unit length */
  constructor(rounded: StoredBytes, row: (id: number) => Float32Array, dimensions: number) {
    this.rounded = rounded;
    this.#row = row;
    this.dimensions = dimensions;
    this.size = rounded.size / strideOf(dimensions);
  }

  search(query: Float32Array, k: number): Neighbour[] {
    checkQuery(query, this.dimensions);
    if (this.rounded !== searched) {
      // Rows that cannot be read leave part of the last ones behind.
      searched = undefined;
      products.setRows(this.rounded, this.dimensions);
      searched = this.rounded;
    }
    const nominated = new Best(k + SPARE);
    const scores = products.with(query);
    for (let id = 0; id < this.size; id++) nominated.offer(id, scores[id] as number);
    const best = new Best(k);
    for (const { id } of nominated.ranked()) best.offer(id, dot(this.#row(id), query));
    return best.ranked().map(({ id, value }) => ({ id, score: value }));
  }
}
