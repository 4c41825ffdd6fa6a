import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { deserialize } from 'node:v8';
import { digestFile } from './file-digest.ts';
import type { HnswIndex } from './hnsw-index.ts';

/** A generation's graph, and which of its vertices is which passage. */
export const GRAPH = 'passages.hnsw';
export const LABELS = 'passages.labels';

/** hnswlib is loaded only where a graph is used: not to answer from a small index. */
const hnsw = async () => (await import('./hnsw-index.ts')).HnswIndex;

/** Reads the graph of a generation whose files were compared with their checksums. */
export async function readGraph(folder: string, dimensions: number): Promise<HnswIndex> {
  const labels = deserialize(await readFile(path.join(folder, LABELS))) as Uint32Array;
  return (await hnsw()).read(path.join(folder, GRAPH), dimensions, labels);
}

/** @returns the name of a file of the graph that cannot be read or is not what was written; undefined when both are */
export async function damageOfGraph(
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  for (const name of [GRAPH, LABELS]) {
    const digest = await digestFile(path.join(folder, name)).catch(() => undefined);
    if (digest?.whole !== files[name]) return name;
  }
  return undefined;
}

/**
 * A graph over vectors, many of which an older one may have.
 * @param from for each vector its row in the older graph, or −1
 * @param previous the older graph, which is taken over
 */
export async function growGraph(
  vectors: Float32Array,
  from: Int32Array,
  dimensions: number,
  previous: HnswIndex | undefined,
): Promise<HnswIndex> {
  return previous === undefined ? (await hnsw()).build(vectors, dimensions) : previous.regrow(vectors, from);
}
