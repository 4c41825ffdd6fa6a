import hnswlib from 'hnswlib-node';
import { createTurns } from '../seeds/turns.ts';
import { checkQuery, type Neighbour, type VectorIndex } from './vector-index.ts';

/**
 * Links a vertex keeps on each layer (twice that on the ground layer). With hnswlib's own 16, groups of vectors that are
 * very near one another lose touch with the rest: recall was 0.94 however broad the search, and is 1.00
 * (docs/performance.md).
 */
const LINKS = 32;
/**
 * Breadth of the search for neighbours while building, and while answering: recall@10 over 111,000 passages is 0.976 at
 * 200 and 0.992 at 400, for 0.4 ms more (docs/performance.md); over 10,000 it is measured in tests.
 */
const BUILD_BREADTH = 200;
const SEARCH_BREADTH = 400;
const RANDOM_SEED = 100;
/** Share of a graph's vertices that may be dead before it is built anew: they cost time and a little recall. */
const MAX_DEAD_SHARE = 0.2;

/**
 * Approximate nearest neighbours over hierarchical navigable small worlds
 * (Malkov and Yashunin, https://arxiv.org/abs/1603.09320), by hnswlib.
 */
export class HnswIndex implements VectorIndex {
  readonly dimensions: number;
  /** The graph's label of each row. A vertex whose label no row has is dead, and marked so. */
  readonly labels: Uint32Array;
  readonly #graph: hnswlib.HierarchicalNSW;
  /** The row of each label, or −1. */
  readonly #rows: Int32Array;

  private constructor(graph: hnswlib.HierarchicalNSW, dimensions: number, labels: Uint32Array) {
    this.#graph = graph;
    this.#rows = new Int32Array(labels.reduce((most, label) => Math.max(most, label + 1), 0)).fill(-1);
    for (let row = 0; row < labels.length; row++) this.#rows[labels[row] ?? 0] = row;
    this.dimensions = dimensions;
    this.labels = labels;
    graph.setEf(SEARCH_BREADTH);
  }

  /** @param vectors `size × dimensions` numbers, row by row, each row of unit length */
  static async build(vectors: Float32Array, dimensions: number): Promise<HnswIndex> {
    const graph = new hnswlib.HierarchicalNSW('cosine', dimensions);
    const labels = Uint32Array.from({ length: vectors.length / dimensions }, (_, row) => row);
    graph.initIndex(Math.max(labels.length, 1), LINKS, BUILD_BREADTH, RANDOM_SEED);
    await addRows(graph, vectors, dimensions, [...labels.entries()]);
    return new HnswIndex(graph, dimensions, labels);
  }

  /** Reads what `write` wrote. hnswlib checks little: the caller has compared the file's checksum. */
  static async read(file: string, dimensions: number, labels: Uint32Array): Promise<HnswIndex> {
    const graph = new hnswlib.HierarchicalNSW('cosine', dimensions);
    await graph.readIndex(file);
    return new HnswIndex(graph, dimensions, labels);
  }

  /**
   * An index over other rows, many of which are this one's: only what is new is linked. It takes this one's graph
   * over: this one must not be used any more. With many dead vertices it is built anew instead.
   * @param vectors as for `build`
   * @param from for each new row the row of this index that holds the same vector, or −1
   */
  async regrow(vectors: Float32Array, from: Int32Array): Promise<HnswIndex> {
    const vertices = this.#graph.getCurrentCount();
    const left = new Map(this.labels.entries());
    const fresh: (readonly [number, number])[] = [];
    const labels = Uint32Array.from(from, (before, row) => {
      const label = left.get(before) ?? vertices + fresh.length;
      if (!left.delete(before)) fresh.push([row, label]);
      return label;
    });
    const size = vertices + fresh.length;
    if (size - labels.length > MAX_DEAD_SHARE * size) return HnswIndex.build(vectors, this.dimensions);
    for (const label of left.values()) this.#graph.markDelete(label);
    this.#graph.resizeIndex(Math.max(size, 1));
    await addRows(this.#graph, vectors, this.dimensions, fresh);
    return new HnswIndex(this.#graph, this.dimensions, labels);
  }

  async write(file: string): Promise<void> {
    await this.#graph.writeIndex(file);
  }

  get size(): number {
    return this.labels.length;
  }

  search(query: Float32Array, k: number): Neighbour[] {
    checkQuery(query, this.dimensions);
    const wanted = Math.min(k, this.size);
    if (wanted === 0) return [];
    if (wanted > SEARCH_BREADTH) this.#graph.setEf(wanted);
    const { neighbors, distances } = this.#graph.searchKnn([...query], wanted);
    if (wanted > SEARCH_BREADTH) this.#graph.setEf(SEARCH_BREADTH);
    return neighbors.flatMap((label, i) => {
      const id = this.#rows[label] ?? -1;
      return id < 0 ? [] : [{ id, score: 1 - (distances[i] ?? 1) }];
    });
  }
}

async function addRows(
  graph: hnswlib.HierarchicalNSW,
  vectors: Float32Array,
  dimensions: number,
  rows: readonly (readonly [row: number, label: number])[],
): Promise<void> {
  const turn = createTurns();
  for (const [row, label] of rows) {
    graph.addPoint([...vectors.subarray(row * dimensions, (row + 1) * dimensions)], label);
    await turn();
  }
}
