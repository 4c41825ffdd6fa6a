import { readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import hnswlib from 'hnswlib-node';
import { normaliseRows } from '../../src/embedding/pooling.ts';
import { HnswIndex } from '../../src/indexing/hnsw-index.ts';
import { roundRows } from '../../src/indexing/rounded-rows.ts';
import { ScanIndex } from '../../src/indexing/scan-index.ts';
import { bytesInMemory } from '../../src/indexing/stored-rows.ts';
import type { VectorIndex } from '../../src/indexing/vector-index.ts';
import { seededRandom } from '../eval/sample.ts';
import { ExactIndex } from '../indexing/exact-index.ts';
import { spreadOf } from './processes.ts';

const USAGE = `usage: node --import tsx tests/bench/nearest.ts [options] VECTORS.f32

Recall, time and size of what finds the nearest of an index's vectors (passages.f32 of a generation): the scan of rounded
rows, the graph, and the scan of unrounded rows that the others are held to.

  --sizes LIST   of so many vectors each; past those in the file noisy copies of them. All in the file by default
  --parameters   hnswlib's graph by its parameters instead, over all in the file
`;
const DIMENSIONS = 384;
const NEIGHBOURS = 10;
const QUERIES = 200;
/** Of a query, or of a copy, beside the vector that it was made from. */
const NOISE = 0.6;
const BUILD_BREADTH = 200;
const LINKS = [8, 16, 32];
const SEARCH_BREADTHS = [32, 64, 128, 200, 400];

const options = { sizes: { type: 'string' }, parameters: { type: 'boolean' } } as const;
const { values, positionals } = parseArgs({ options, allowPositionals: true });
const random = seededRandom(5);
const [file] = positionals;
if (file === undefined) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  const vectors = new Float32Array(Uint8Array.from(readFileSync(file)).buffer);
  const all = vectors.length / DIMENSIONS;
  if (values.parameters) await compareParameters(vectors);
  else {
    print('vectors', 'by', 'recall@10', 'p50 ms', 'p95 ms', 'MB', 'made in s');
    for (const size of values.sizes?.split(',').map(Number) ?? [all]) await compare(vectorsOf(vectors, size));
  }
}

/** What there is to choose from at a size. */
async function compare(vectors: Float32Array): Promise<void> {
  const queries = queriesNear(vectors);
  const row = (id: number) => vectors.subarray(id * DIMENSIONS, (id + 1) * DIMENSIONS);
  const exact = new ExactIndex(vectors, DIMENSIONS);
  const wanted = queries.map((query) => new Set(exact.search(query, NEIGHBOURS).map(({ id }) => id)));
  const made: readonly [string, () => Promise<{ index: VectorIndex; megabytes: number }>][] = [
    ['unrounded scan', async () => ({ index: exact, megabytes: vectors.byteLength / 1e6 })],
    [
      'scan',
      async () => {
        const { buffer } = await roundRows(vectors, DIMENSIONS);
        const index = new ScanIndex(bytesInMemory(new Uint8Array(buffer)), row, DIMENSIONS);
        return { index, megabytes: buffer.byteLength / 1e6 };
      },
    ],
    [
      'graph',
      async () => {
        const index = await HnswIndex.build(vectors, DIMENSIONS);
        return { index, megabytes: await megabytesOf((written) => index.write(written)) };
      },
    ],
  ];
  for (const [name, make] of made) {
    const started = performance.now();
    const { index, megabytes } = await make();
    const seconds = (performance.now() - started) / 1000;
    const found = measure(queries, wanted, (query) => index.search(query, NEIGHBOURS).map(({ id }) => id));
    print(index.size, name, ...found, megabytes.toFixed(1), seconds.toFixed(1));
  }
}

async function compareParameters(vectors: Float32Array): Promise<void> {
  const queries = queriesNear(vectors);
  const exact = new ExactIndex(vectors, DIMENSIONS);
  const wanted = queries.map((query) => new Set(exact.search(query, NEIGHBOURS).map(({ id }) => id)));
  print('links', 'made in s', 'MB', 'breadth', 'recall@10', 'p50 ms', 'p95 ms');
  for (const links of LINKS) {
    const graph = new hnswlib.HierarchicalNSW('cosine', DIMENSIONS);
    graph.initIndex(exact.size, links, BUILD_BREADTH, 100);
    const started = performance.now();
    for (let row = 0; row < exact.size; row++) {
      graph.addPoint([...vectors.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS)], row);
    }
    const seconds = (performance.now() - started) / 1000;
    const megabytes = await megabytesOf((written) => graph.writeIndex(written));
    for (const breadth of SEARCH_BREADTHS) {
      graph.setEf(breadth);
      const found = measure(queries, wanted, (query) => graph.searchKnn([...query], NEIGHBOURS).neighbors);
      print(links, seconds.toFixed(1), megabytes.toFixed(0), breadth, ...found);
    }
  }
}

/** Recall, and the 50th and 95th percentile of the milliseconds. */
function measure(
  queries: readonly Float32Array[],
  wanted: readonly ReadonlySet<number>[],
  search: (query: Float32Array) => readonly number[],
): string[] {
  // The first ones are compiled meanwhile.
  for (const query of queries) search(query);
  const times: number[] = [];
  let found = 0;
  let all = 0;
  for (const [q, query] of queries.entries()) {
    const before = performance.now();
    const rows = search(query);
    times.push(performance.now() - before);
    found += rows.filter((row) => wanted[q]?.has(row)).length;
    all += wanted[q]?.size ?? 0;
  }
  const { p50, p95 } = spreadOf(times);
  return [(found / all).toFixed(4), p50.toFixed(2), p95.toFixed(2)];
}

function vectorsOf(vectors: Float32Array, size: number): Float32Array {
  const all = vectors.length / DIMENSIONS;
  const some = new Float32Array(size * DIMENSIONS);
  some.set(vectors.subarray(0, some.length));
  for (let row = all; row < size; row++)
    some.set(noisy(vectors, Math.floor(random() * all)), row * DIMENSIONS);
  return some;
}

function queriesNear(vectors: Float32Array): Float32Array[] {
  const size = vectors.length / DIMENSIONS;
  return Array.from({ length: QUERIES }, () => noisy(vectors, Math.floor(random() * size)));
}

function noisy(vectors: Float32Array, row: number): Float32Array {
  const noise = normaliseRows(
    Float32Array.from({ length: DIMENSIONS }, () => random() - 0.5),
    DIMENSIONS,
  );
  const vector = vectors.slice(row * DIMENSIONS, (row + 1) * DIMENSIONS);
  return normaliseRows(
    vector.map((number, d) => number + NOISE * (noise[d] ?? 0)),
    DIMENSIONS,
  );
}

/** As the graph is written, which is as it lies in memory. */
async function megabytesOf(write: (file: string) => Promise<unknown>): Promise<number> {
  const written = path.join(tmpdir(), `liaison-hnsw-${process.pid}`);
  await write(written);
  const { size } = statSync(written);
  await rm(written);
  return size / 1e6;
}

function print(...cells: (string | number)[]): void {
  process.stdout.write(`${cells.map((cell) => String(cell).padStart(14)).join(' ')}\n`);
}
