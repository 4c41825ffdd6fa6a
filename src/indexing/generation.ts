import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { CHUNK_POLICY } from '../chunks/chunk.ts';
import { flush } from '../seeds/durable.ts';
import { CheckedFiles } from './checked-files.ts';
import type { IndexedPassage, IndexedSeed, IndexedSentence } from './corpus.ts';
import { digestBytes, digestFile } from './file-digest.ts';
import type { HnswIndex } from './hnsw-index.ts';
import { LexicalIndex } from './lexical-index.ts';
import { FORMAT, type Manifest, readManifest, UnusableGeneration, writeManifest } from './manifest.ts';
import { PackedArrays } from './number-arrays.ts';
import { damageOfGraph, GRAPH, LABELS, readGraph } from './passage-graph.ts';
import { ScanIndex } from './scan-index.ts';
import { openBytes, openKept, openVectors } from './stored-rows.ts';
import { openTokenFile, type Places, type TokenFile, writeTokenFile } from './token-file.ts';
import { readUnits, type UnitList, writeUnits } from './unit-columns.ts';
import type { VectorIndex } from './vector-index.ts';

const TOKENS = 'tokens.i8';
const ROUNDED = 'passages.i8';
/** Of these a generation's writer takes the checksum from the disk. */
export const DIGESTED_AS_WRITTEN = [TOKENS, GRAPH];

/**
 * Up to so many passages all are looked at, in some five milliseconds, and none is missed; beyond, the graph nominates
 * (docs/performance.md).
 */
const SCANNED_PASSAGES = 200_000;
/** A passage is looked into sentence by sentence. */
const SENTENCES_AHEAD = 8;

/** Vectors of one kind of unit. */
export interface Rows {
  /** `dimensions` numbers a unit; of a stored generation, many are read when they are asked for. */
  readonly vectors: Float32Array;
  /** One row of `vectors`; it holds until another is asked for. */
  readonly row: (id: number) => Float32Array;
}

/** Vectors of passages, and what each was made from. */
export interface VectorRows extends Rows {
  /** Digest of each row's text. */
  readonly digests: readonly string[];
}

/** Passages are compared by their vectors alone, sentences by those of their word pieces too. */
export interface SentenceRows extends Rows {
  /** A row's word-piece vectors, see `Corpus.tokenVectors`. */
  readonly tokens: (row: number) => Int8Array;
  /** The file that they lie in, and which of its rows each row is (−1 for none): what is there need not be written. */
  readonly stored?: { readonly file: TokenFile; readonly from: Int32Array } | undefined;
}

/** All that one build made. */
export interface Generation {
  /** The embedder's. */
  readonly fingerprint: string;
  readonly dimensions: number;
  readonly units: {
    readonly seeds: readonly IndexedSeed[];
    readonly sentences: UnitList<IndexedSentence>;
    readonly passages: UnitList<IndexedPassage>;
  };
  readonly sentences: SentenceRows;
  readonly passages: VectorRows;
  readonly passageIndex: ScanIndex;
  /** Makes the graph, another one each time; of many passages it takes a minute. */
  readonly passageGraph: () => Promise<HnswIndex>;
  readonly lexical: LexicalIndex;
}

/** A generation read back. */
export interface StoredGeneration {
  readonly manifest: Manifest;
  readonly sentences: SentenceRows;
  readonly passages: VectorRows;
  readonly passageIndex: VectorIndex;
  /**
   * Reads the graph, another one each time.
   * @throws {UnusableGeneration} when it is not as it was written
   */
  readonly passageGraph: () => Promise<HnswIndex>;
  readonly lexical: LexicalIndex;
  readonly units: Omit<Generation['units'], 'seeds'>;
}

/**
 * Writes a generation into an empty folder, the manifest last, every file flushed.
 * @param graph the generation's
 */
export async function writeGeneration(
  folder: string,
  generation: Generation,
  graph: HnswIndex,
): Promise<Manifest> {
  const { units, dimensions, fingerprint, lexical } = generation;
  await mkdir(folder, { recursive: true });
  const digests: Record<string, string> = {};
  const write = async (name: string, bytes: Uint8Array) => {
    await writeFile(path.join(folder, name), bytes, { flush: true });
    digests[name] = await digestBytes(bytes);
  };
  await write('units.bin', writeUnits(units));
  await write('words.bin', lexical.pack());
  for (const kind of ['sentences', 'passages'] as const) {
    const { buffer, byteOffset, byteLength } = generation[kind].vectors;
    await write(`${kind}.f32`, new Uint8Array(buffer, byteOffset, byteLength));
  }
  await write('passages.digests', serialize(generation.passages.digests));
  await write(ROUNDED, generation.passageIndex.rounded.all());
  const graphFile = path.join(folder, GRAPH);
  await graph.write(graphFile);
  await flush(graphFile);
  digests[GRAPH] = (await digestFile(graphFile)).whole;
  await write(LABELS, serialize(graph.labels));
  const { tokens, stored } = generation.sentences;
  const rows = units.sentences.length;
  const { places, digest } = await writeTokenFile(path.join(folder, TOKENS), { rows, tokens, known: stored });
  digests[TOKENS] = digest;
  await write('tokens.places', serialize(places));
  const manifest: Manifest = {
    format: FORMAT,
    builtAt: new Date().toISOString(),
    fingerprint,
    chunkPolicy: CHUNK_POLICY,
    dimensions,
    seeds: units.seeds.map(({ seed, firstSentence, endSentence }) => ({
      id: seed.id,
      digest: seed.digest,
      sentences: endSentence - firstSentence,
    })),
    counts: { sentences: units.sentences.length, passages: units.passages.length },
    files: digests,
  };
  await writeManifest(folder, manifest);
  await flush(folder);
  return manifest;
}

/**
 * Reads a generation and compares every file with its checksum.
 * @param digested names of files whose checksums were made from what is on the disk a moment ago
 * @param scanned of more passages than this the graph is searched
 * @throws {UnusableGeneration} when anything is not as it was written
 */
export async function readGeneration(
  folder: string,
  digested: readonly string[] = [],
  scanned = SCANNED_PASSAGES,
): Promise<StoredGeneration> {
  const manifest = await readManifest(folder);
  const files = await CheckedFiles.open(folder);
  // All at once, on other threads; each is waited for before its file is used.
  const checks = new Map(
    Object.entries(manifest.files).map(([name, digest]) => {
      const isWhole = digested.includes(name) ? Promise.resolve(true) : files.isWhole(name, digest);
      isWhole.catch(() => undefined);
      return [name, isWhole];
    }),
  );
  const check = async (name: string) => {
    const isWhole = await checks.get(name)?.catch((cause) => {
      throw new UnusableGeneration(`is damaged: ${name} cannot be read`, { cause });
    });
    if (!isWhole) throw new UnusableGeneration(`is damaged: ${name} is not what was written`);
    return path.join(folder, name);
  };
  const read = async (name: string) => readFile(await check(name));
  const unpack = async (name: string) => new PackedArrays(openKept(await check(name)));
  const { dimensions, counts } = manifest;
  const units = readUnits(await unpack('units.bin'));
  const lexical = LexicalIndex.read(await unpack('words.bin'));
  const sentences = openVectors(await check('sentences.f32'), dimensions, SENTENCES_AHEAD);
  const places = deserialize(await read('tokens.places')) as Places;
  const tokenPath = await check(TOKENS);
  const file = { ...places, path: tokenPath, digest: manifest.files[TOKENS] ?? '' };
  const passages = openVectors(await check('passages.f32'), dimensions);
  const digests = openBytes(await check('passages.digests'));
  const rounded = openBytes(await check(ROUNDED));
  await check(GRAPH);
  await check(LABELS);
  await files.remember();
  const passageIndex =
    counts.passages > scanned
      ? await readGraph(folder, dimensions)
      : new ScanIndex(rounded, passages.row, dimensions);
  return {
    manifest,
    units,
    lexical,
    sentences: withTokens(sentences, openTokenFile(tokenPath, places), {
      file,
      from: Int32Array.from({ length: counts.sentences }, (_, row) => row),
    }),
    passages: {
      get vectors() {
        return passages.vectors;
      },
      row: passages.row,
      // Only a rebuild asks for them.
      get digests() {
        return deserialize(digests.all()) as string[];
      },
    },
    passageIndex,
    passageGraph: graphIn(folder, manifest),
  };
}

function graphIn(folder: string, { files, dimensions }: Manifest): () => Promise<HnswIndex> {
  return async () => {
    const damaged = await damageOfGraph(folder, files);
    if (damaged === undefined) return readGraph(folder, dimensions);
    throw new UnusableGeneration(`is damaged: ${damaged} is not what was written`);
  };
}

/** A spread would read what is read when it is asked for. */
function withTokens(
  rows: Rows,
  tokens: SentenceRows['tokens'],
  stored: SentenceRows['stored'],
): SentenceRows {
  return {
    get vectors() {
      return rows.vectors;
    },
    row: rows.row,
    tokens,
    stored,
  };
}

/** The same generation, in the folder that it was moved to. */
export function movedTo<Read extends StoredGeneration>(folder: string, generation: Read): Read {
  const { manifest, sentences } = generation;
  const stored = sentences.stored && {
    ...sentences.stored,
    file: { ...sentences.stored.file, path: path.join(folder, TOKENS) },
  };
  return {
    ...generation,
    sentences: withTokens(sentences, sentences.tokens, stored),
    passageGraph: graphIn(folder, manifest),
  };
}
