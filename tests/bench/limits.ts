import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { GraphBuilder } from '../../src/embedding/graph-builder.ts';
import { normaliseRows } from '../../src/embedding/pooling.ts';
import { HnswIndex } from '../../src/indexing/hnsw-index.ts';
import { type Spread, spreadOf } from './processes.ts';

/** What this machine can do at most, by itself. */
export interface Limits {
  /** The model's matrix products alone, of a sentence of 32 word pieces, unrounded. */
  readonly gigaflops: number;
  /** A copy of 256 MiB, read and written counted. */
  readonly memoryGbPerSecond: number;
  /** A query of a bare hnswlib index of 2,000 random vectors of 384 numbers, in milliseconds. */
  readonly hnsw: Spread;
}

const WORD_PIECES = 32;
const HIDDEN = 384;
const RUNS = 200;
const COPIED_BYTES = 256 * 2 ** 20;
const VECTORS = 2000;

export async function measureLimits(folder: string): Promise<Limits> {
  return {
    gigaflops: await gigaflops(folder),
    memoryGbPerSecond: memoryGbPerSecond(),
    hnsw: await bareHnsw(),
  };
}

/** The products of one of the model's layers: 384 × 1152, 384 × 384, 384 × 1536, 1536 × 384. */
async function gigaflops(folder: string): Promise<number> {
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  const shapes = [
    [HIDDEN, 3 * HIDDEN],
    [3 * HIDDEN, HIDDEN],
    [HIDDEN, 4 * HIDDEN],
    [4 * HIDDEN, HIDDEN],
  ] as const;
  const graph = new GraphBuilder();
  const first = graph.weight('first', { shape: [1], values: BigInt64Array.of(0n) });
  let hidden = graph.node('Unsqueeze', [graph.node('Cast', ['input_ids'], { to: 1 }), first]);
  for (const [i, [rows, columns]] of shapes.entries()) {
    const values = Float32Array.from({ length: rows * columns }, (_, at) => ((at * 31) % 17) / 1000);
    hidden = graph.node('MatMul', [hidden, graph.weight(`w${i}`, { shape: [rows, columns], values })]);
  }
  const file = path.join(folder, 'products.onnx');
  await writeFile(file, graph.encode(['input_ids'], hidden, HIDDEN));
  const session = await InferenceSession.create(file);
  const ones = new BigInt64Array(WORD_PIECES * HIDDEN).fill(1n);
  const input = { input_ids: new Tensor('int64', ones, [WORD_PIECES, HIDDEN]) };
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const started = performance.now();
    await session.run(input);
    times.push(performance.now() - started);
  }
  const operations = shapes.reduce((sum, [rows, columns]) => sum + 2 * WORD_PIECES * rows * columns, 0);
  return operations / (spreadOf(times).p50 * 1e6);
}

function memoryGbPerSecond(): number {
  const from = Buffer.alloc(COPIED_BYTES, 1);
  const to = Buffer.alloc(COPIED_BYTES, 2);
  const times = Array.from({ length: 7 }, () => {
    const started = performance.now();
    from.copy(to);
    return performance.now() - started;
  });
  return (2 * COPIED_BYTES) / (spreadOf(times).p50 * 1e6);
}

async function bareHnsw(): Promise<Spread> {
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  const vectors = normaliseRows(Float32Array.from({ length: VECTORS * HIDDEN }, next), HIDDEN);
  const index = await HnswIndex.build(vectors, HIDDEN);
  const times = Array.from({ length: RUNS }, (_, i) => {
    const query = vectors.subarray(i * HIDDEN, (i + 1) * HIDDEN);
    const started = performance.now();
    index.search(query, 10);
    return performance.now() - started;
  });
  return spreadOf(times);
}
