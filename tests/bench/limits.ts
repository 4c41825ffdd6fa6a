import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { GraphBuilder } from '../../src/embedding/graph-builder.ts';
import { quantiseColumns } from '../../src/embedding/quantise.ts';
import { type Spread, spreadOf } from './processes.ts';

/** What this machine can do at most, by itself. */
export interface Limits {
  /** Thousands of millions of operations a second in the model's matrix products alone, of a sentence of 32 word pieces. */
  readonly gigaflops: Spread;
  /** The same, rounded to whole numbers. */
  readonly gigaopsInt8: Spread;
  /** A copy of 256 MiB, read and written counted. */
  readonly memoryGbPerSecond: Spread;
}

const WORD_PIECES = 32;
const HIDDEN = 384;
const LAYERS = 6;
const RUNS = 100;
const COPIED_BYTES = 256 * 2 ** 20;
const LARGEST_WEIGHT = 63;
/** The products of one of the model's layers, rows by columns. */
const SHAPES = [
  [HIDDEN, 3 * HIDDEN],
  [3 * HIDDEN, HIDDEN],
  [HIDDEN, 4 * HIDDEN],
  [4 * HIDDEN, HIDDEN],
] as const;

/** Operations of the model's matrix products a word piece: queries, keys, values, what comes of them, and two wide layers. */
export const OPERATIONS_A_TOKEN = LAYERS * 2 * (4 * HIDDEN * HIDDEN + 2 * HIDDEN * 4 * HIDDEN);

export async function measureLimits(folder: string): Promise<Limits> {
  return {
    gigaflops: await products(folder, false),
    gigaopsInt8: await products(folder, true),
    memoryGbPerSecond: memoryGbPerSecond(),
  };
}

async function products(folder: string, isInt8: boolean): Promise<Spread> {
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  const graph = new GraphBuilder();
  const axes = graph.weight('axes', { shape: [1], values: BigInt64Array.of(0n) });
  let hidden = graph.node('Unsqueeze', [graph.node('Cast', ['input_ids'], { to: 1 }), axes]);
  for (const [i, shape] of SHAPES.entries()) {
    const values = Float32Array.from({ length: shape[0] * shape[1] }, (_, at) => ((at * 31) % 17) / 1000);
    if (isInt8) {
      const rounded = quantiseColumns({ shape, values }, LARGEST_WEIGHT);
      const inputs = [graph.weight(`w${i}`, rounded.values), graph.weight(`s${i}`, rounded.scales)];
      hidden = graph.node('DynamicQuantizeMatMul', [hidden, ...inputs], {}, 'com.microsoft');
    } else hidden = graph.node('MatMul', [hidden, graph.weight(`w${i}`, { shape, values })]);
  }
  const file = path.join(folder, 'products.onnx');
  await writeFile(file, graph.encode(['input_ids'], hidden, HIDDEN));
  const session = await InferenceSession.create(file);
  const ones = new BigInt64Array(WORD_PIECES * HIDDEN).fill(1n);
  const input = { input_ids: new Tensor('int64', ones, [WORD_PIECES, HIDDEN]) };
  const operations = SHAPES.reduce((sum, [rows, columns]) => sum + 2 * WORD_PIECES * rows * columns, 0);
  for (let run = 0; run < RUNS; run++) await session.run(input);
  const rates: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const started = performance.now();
    await session.run(input);
    rates.push(operations / ((performance.now() - started) * 1e6));
  }
  return spreadOf(rates);
}

function memoryGbPerSecond(): Spread {
  const from = Buffer.alloc(COPIED_BYTES, 1);
  const to = Buffer.alloc(COPIED_BYTES, 2);
  const rates = Array.from({ length: 9 }, () => {
    const started = performance.now();
    from.copy(to);
    return (2 * COPIED_BYTES) / ((performance.now() - started) * 1e6);
  });
  return spreadOf(rates);
}
