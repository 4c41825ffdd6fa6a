import { readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import hnswlib from 'hnswlib-node';
import { normaliseRows } from '../../src/embedding/pooling.ts';
import { ExactIndex } from '../../src/indexing/exact-index.ts';
import { seededRandom } from '../eval/sample.ts';
import { spreadOf } from './processes.ts';

const USAGE = `usage: node --import tsx tests/bench/hnsw.ts VECTORS.f32

Recall, time and size of hnswlib's graph over an index's vectors (passages.f32 of a generation), by its parameters, and
of a scan of all of them.
`;
const DIMENSIONS = 384;
const NEIGHBOURS = 10;
const QUERIES = 200;
/** Of a query beside the vector that it was made from. */
const NOISE = 0.6;
const BUILD_BREADTH = 200;
const LINKS = [8, 16, 32];
const SEARCH_BREADTHS = [32, 64, 128, 200, 400];

const [, , file] = process.argv;
if (file === undefined) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else await measure(file);

async function measure(vectorsFile: string): Promise<void> {
  const vectors = new Float32Array(Uint8Array.from(readFileSync(vectorsFile)).buffer);
  const size = vectors.length / DIMENSIONS;
  const queries = queriesNear(vectors, size);
  const exact = new ExactIndex(vectors, DIMENSIONS);
  const scanned: number[] = [];
  const wanted = queries.map((query) => {
    const started = performance.now();
    const found = exact.search(query, NEIGHBOURS);
    scanned.push(performance.now() - started);
    return new Set(found.map(({ id }) => id));
  });
  process.stdout.write(`${size} vectors; a scan takes ${spreadOf(scanned).p50.toFixed(2)} ms\n`);
  process.stdout.write('links  build s  MiB  breadth  recall@10  p50 ms  p95 ms\n');
  for (const links of LINKS) {
    const graph = new hnswlib.HierarchicalNSW('cosine', DIMENSIONS);
    graph.initIndex(size, links, BUILD_BREADTH, 100);
    const started = performance.now();
    for (let row = 0; row < size; row++) {
      graph.addPoint([...vectors.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS)], row);
    }
    const seconds = (performance.now() - started) / 1000;
    const megabytes = await sizeOf(graph);
    for (const breadth of SEARCH_BREADTHS) {
      graph.setEf(breadth);
      const times: number[] = [];
      let found = 0;
      for (const [q, query] of queries.entries()) {
        const before = performance.now();
        const { neighbors } = graph.searchKnn([...query], NEIGHBOURS);
        times.push(performance.now() - before);
        found += neighbors.filter((row) => wanted[q]?.has(row)).length;
      }
      const { p50, p95 } = spreadOf(times);
      const recall = found / (QUERIES * NEIGHBOURS);
      const cells = [
        links,
        seconds.toFixed(1),
        megabytes.toFixed(0),
        breadth,
        recall.toFixed(4),
        p50.toFixed(2),
      ];
      process.stdout.write(
        `${[...cells, p95.toFixed(2)].map((cell) => String(cell).padStart(7)).join(' ')}\n`,
      );
    }
  }
}

function queriesNear(vectors: Float32Array, size: number): Float32Array[] {
  const random = seededRandom(5);
  return Array.from({ length: QUERIES }, () => {
    const row = Math.floor(random() * size);
    const noise = normaliseRows(
      Float32Array.from({ length: DIMENSIONS }, () => random() - 0.5),
      DIMENSIONS,
    );
    const query = vectors.slice(row * DIMENSIONS, (row + 1) * DIMENSIONS);
    return normaliseRows(
      query.map((number, d) => number + NOISE * (noise[d] ?? 0)),
      DIMENSIONS,
    );
  });
}

/** As the graph is written, which is as it lies in memory. */
async function sizeOf(graph: hnswlib.HierarchicalNSW): Promise<number> {
  const written = path.join(tmpdir(), `liaison-hnsw-${process.pid}`);
  await graph.writeIndex(written);
  const { size } = statSync(written);
  await rm(written);
  return size / 2 ** 20;
}
