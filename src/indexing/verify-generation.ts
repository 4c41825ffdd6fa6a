import { innerProduct } from '../embedding/pooling.ts';
import { createTurns } from '../seeds/turns.ts';
import type { Rows, StoredGeneration } from './generation.ts';
import { UnusableGeneration } from './manifest.ts';
import type { VectorIndex } from './vector-index.ts';

/** Passages that are searched for, and how many neighbours of each are compared with the exact scan's. */
const SAMPLED_ROWS = 4;
const NEIGHBOURS = 10;
/** Of the nearest rows. Over many rows it is 0.95 and more; a few may do worse, a broken graph finds next to none. */
const LEAST_RECALL = 0.8;
/** Between two looks at the clock. */
const ROWS_A_LOOK = 1000;
/** How far a row may be from unit length, squared: rounding, not damage. */
const LENGTH_TOLERANCE = 0.02;
/** Two scores that differ by less are the same: they are added up in different orders. */
const SCORE_TOLERANCE = 1e-5;

/**
 * Holds a generation that was read back to what it must be: as many rows as units everywhere, vectors that are finite
 * and of unit length, and a graph and an index that find what is nearest. Its checksums were compared as it was read.
 * @returns the share of the nearest rows that the index found, 0 … 1, over a sample of rows
 * @throws {UnusableGeneration} saying what is wrong
 */
export async function verifyGeneration(stored: StoredGeneration): Promise<number> {
  const { manifest, units, lexical, passageIndex } = stored;
  const { vectors } = stored.passages;
  const graph = await stored.passageGraph();
  const sizes = {
    sentences: [units.sentences.length, lexical.size],
    passages: [units.passages.length, graph.size, passageIndex.size, stored.passages.digests.length],
  };
  for (const kind of ['sentences', 'passages'] as const) {
    const rows = stored[kind];
    const wanted = manifest.counts[kind];
    const counts = [...sizes[kind], rows.vectors.length / manifest.dimensions];
    if (counts.some((count) => count !== wanted)) {
      throw new UnusableGeneration(
        `does not add up: ${wanted} ${kind}, but ${counts.join(', ')} in its files`,
      );
    }
    await checkLengths(rows, manifest.dimensions, kind);
  }
  if (manifest.counts.passages === 0) return 1;
  const recall = await recallOf(passageIndex, vectors);
  const least = Math.min(recall, await recallOf(graph, vectors));
  if (least < LEAST_RECALL) {
    throw new UnusableGeneration(
      `has a graph or an index that finds ${Math.round(100 * least)} % of what is nearest`,
    );
  }
  return recall;
}

async function checkLengths({ vectors }: Rows, dimensions: number, kind: string): Promise<void> {
  const turn = createTurns();
  for (let start = 0; start < vectors.length; start += dimensions) {
    let sum = 0;
    for (let i = start; i < start + dimensions; i++) sum += (vectors[i] ?? 0) ** 2;
    // A number that is not finite fails this too.
    if (!(Math.abs(sum - 1) < LENGTH_TOLERANCE)) {
      throw new UnusableGeneration(`has a vector among its ${kind} that is not finite and of unit length`);
    }
    if (start % (ROWS_A_LOOK * dimensions) === 0) await turn();
  }
}

/** Share of the nearest rows that the index finds, for rows spread over all. */
async function recallOf(index: VectorIndex, vectors: Float32Array): Promise<number> {
  const turn = createTurns();
  const { dimensions, size } = index;
  const sampled = Math.min(SAMPLED_ROWS, size);
  let found = 0;
  let all = 0;
  for (let i = 0; i < sampled; i++) {
    const row = Math.floor(((i + 0.5) * size) / sampled);
    const query = vectors.slice(row * dimensions, (row + 1) * dimensions);
    const wanted = Math.min(NEIGHBOURS, size);
    // Of rows that are equally near any may come.
    const farthest = (await scoreOfNearest(vectors, query, size, wanted)) - SCORE_TOLERANCE;
    all += wanted;
    found += index.search(query, wanted).filter(({ score }) => score >= farthest).length;
    await turn();
  }
  return found / all;
}

/** The score of the row that is the `k`th nearest to the query, by a look at every row. */
async function scoreOfNearest(
  vectors: Float32Array,
  query: Float32Array,
  size: number,
  k: number,
): Promise<number> {
  const turn = createTurns();
  const scores = new Float32Array(size);
  for (let row = 0; row < size; row++) {
    scores[row] = innerProduct(vectors, row * query.length, query);
    if (row % ROWS_A_LOOK === 0) await turn();
  }
  return scores.sort()[size - k] ?? 0;
}
