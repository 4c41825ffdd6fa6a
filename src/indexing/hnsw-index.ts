import hnswlib from 'hnswlib-node';
import { createTurns } from './turns.ts';
import { checkQuery, type Neighbour, type VectorIndex } from './vector-index.ts';

/** Links a vertex keeps on each layer (twice that on the ground layer); 16 is hnswlib's own default. */
const LINKS = 16;
/** Breadth of the search for neighbours while building, and while answering; recall@10 is measured in tests. */
const BUILD_BREADTH = 200;
const SEARCH_BREADTH = 200;
const RANDOM_SEED = 100;

/**
 * Approximate nearest neighbours over hierarchical navigable small worlds
 * (Malkov and Yashunin, https://arxiv.org/abs/1603.09320), by hnswlib.
 */
export class HnswIndex implements VectorIndex {
  readonly dimensions: number;
  readonly #graph: hnswlib.HierarchicalNSW;

  private constructor(graph: hnswlib.HierarchicalNSW, dimensions: number) {
    this.#graph = graph;
    this.dimensions = dimensions;
    graph.setEf(SEARCH_BREADTH);
  }

  /** @param vectors `size × dimensions` numbers, row by row, each row of unit length */
  static async build(vectors: Float32Array, dimensions: number): Promise<HnswIndex> {
    const turn = createTurns();
    const graph = new hnswlib.HierarchicalNSW('cosine', dimensions);
    const size = vectors.length / dimensions;
    graph.initIndex(Math.max(size, 1), LINKS, BUILD_BREADTH, RANDOM_SEED);
    for (let id = 0; id < size; id++) {
      graph.addPoint([...vectors.subarray(id * dimensions, (id + 1) * dimensions)], id);
      await turn();
    }
    return new HnswIndex(graph, dimensions);
  }

  /** Reads what `write` wrote. hnswlib checks little: the caller has compared the file's checksum. */
  static async read(file: string, dimensions: number): Promise<HnswIndex> {
    const graph = new hnswlib.HierarchicalNSW('cosine', dimensions);
    await graph.readIndex(file);
    return new HnswIndex(graph, dimensions);
  }

  async write(file: string): Promise<void> {
    await this.#graph.writeIndex(file);
  }

  get size(): number {
    return this.#graph.getCurrentCount();
  }

  search(query: Float32Array, k: number): Neighbour[] {
    checkQuery(query, this.dimensions);
    const wanted = Math.min(k, this.size);
    if (wanted === 0) return [];
    if (wanted > SEARCH_BREADTH) this.#graph.setEf(wanted);
    const { neighbors, distances } = this.#graph.searchKnn([...query], wanted);
    if (wanted > SEARCH_BREADTH) this.#graph.setEf(SEARCH_BREADTH);
    return neighbors.map((id, i) => ({ id, score: 1 - (distances[i] ?? 1) }));
  }
}
