import { createHash } from 'node:crypto';
import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { z } from 'zod';
import { CHUNK_POLICY } from '../chunks/chunk.ts';
import type { IndexedPassage, IndexedSeed, IndexedSentence } from './corpus.ts';
import { HnswIndex } from './hnsw-index.ts';
import { LexicalIndex, type LexicalTables } from './lexical-index.ts';

/** Raise this when older files cannot be read any more, or mean something else. */
export const FORMAT = 5;
/** Of a file at a time. */
const DIGEST_BYTES = 1024 * 1024;

/** Vectors of one kind of unit and what each was made from. */
export interface VectorRows {
  /** Digest of each row's text. */
  readonly digests: readonly string[];
  /** `digests.length × dimensions` numbers. */
  readonly vectors: Float32Array;
}

/** Passages are compared by their vectors alone, sentences by those of their word pieces too. */
export interface SentenceRows extends VectorRows {
  /** A row's word-piece vectors, see `Corpus.tokenVectors`. */
  readonly tokens: (row: number) => Int8Array;
}

/** All that one build made. */
export interface Generation {
  /** The embedder's. */
  readonly fingerprint: string;
  readonly dimensions: number;
  readonly units: {
    readonly seeds: readonly IndexedSeed[];
    readonly sentences: readonly IndexedSentence[];
    readonly passages: readonly IndexedPassage[];
  };
  readonly sentences: SentenceRows;
  readonly passages: VectorRows;
  readonly sentenceGraph: HnswIndex;
  readonly passageGraph: HnswIndex;
  readonly lexical: LexicalIndex;
}

const manifestShape = z.object({
  format: z.literal(FORMAT),
  builtAt: z.iso.datetime(),
  /** Embedder and chunk policy that made the vectors. */
  fingerprint: z.string(),
  chunkPolicy: z.number().int(),
  dimensions: z.number().int().positive(),
  seeds: z.array(z.object({ id: z.string(), digest: z.string(), sentences: z.number().int().nonnegative() })),
  counts: z.object({ sentences: z.number().int(), passages: z.number().int() }),
  /** SHA-256 of each file, in hexadecimal. */
  files: z.record(z.string(), z.string()),
});

/** What a generation says of itself. */
export type Manifest = z.infer<typeof manifestShape>;

/** A generation read back: what was built, and the graphs over its vectors. */
export interface StoredGeneration {
  readonly manifest: Manifest;
  readonly sentences: SentenceRows;
  readonly passages: VectorRows;
  readonly sentenceGraph: HnswIndex;
  readonly passageGraph: HnswIndex;
  readonly lexical: LexicalIndex;
  readonly units: {
    readonly sentences: readonly IndexedSentence[];
    readonly passages: readonly IndexedPassage[];
  };
}

/** The generation in a folder cannot answer; the message goes on after its name: "is damaged: …", "has format 1, …". */
export class UnusableGeneration extends Error {
  override readonly name = 'UnusableGeneration';
}

/** Writes a generation into an empty folder, the manifest last, every file flushed. */
export async function writeGeneration(folder: string, generation: Generation): Promise<Manifest> {
  const { units, dimensions, fingerprint, lexical } = generation;
  await mkdir(folder, { recursive: true });
  const digests: Record<string, string> = {};
  const write = async (name: string, bytes: Uint8Array) => {
    await writeFile(path.join(folder, name), bytes, { flush: true });
    digests[name] = await digestOf(path.join(folder, name));
  };
  await write(
    'units.json',
    Buffer.from(JSON.stringify({ sentences: units.sentences, passages: units.passages })),
  );
  await write('words.bin', serialize(lexical.tables));
  for (const [kind, { vectors, digests: texts }, graph] of [
    ['sentences', generation.sentences, generation.sentenceGraph],
    ['passages', generation.passages, generation.passageGraph],
  ] as const) {
    await write(`${kind}.f32`, new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.byteLength));
    await write(`${kind}.rows`, serialize({ digests: texts, labels: graph.labels }));
    const graphFile = path.join(folder, `${kind}.hnsw`);
    await graph.write(graphFile);
    await flush(graphFile);
    digests[`${kind}.hnsw`] = await digestOf(graphFile);
  }
  const tokens = generation.sentences.digests.map((_, row) => generation.sentences.tokens(row));
  await write('tokens.starts', serialize(startsOf(tokens)));
  const bytesOf = ({ buffer, byteOffset, length }: Int8Array) => new Uint8Array(buffer, byteOffset, length);
  await write('tokens.i8', Buffer.concat(tokens.map(bytesOf)));
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
  const sealed = { ...manifest, checksum: sha256(JSON.stringify(manifest)) };
  await writeFile(path.join(folder, 'manifest.json'), JSON.stringify(sealed, null, 1), { flush: true });
  await flush(folder);
  return manifest;
}

/**
 * Reads a generation and compares every file with its checksum.
 * @throws {UnusableGeneration} when anything is not as it was written
 */
export async function readGeneration(folder: string): Promise<StoredGeneration> {
  const manifest = await readManifest(folder);
  const check = async (name: string) => {
    const file = path.join(folder, name);
    const digest = await digestOf(file).catch((cause) => {
      throw new UnusableGeneration(`is damaged: ${name} cannot be read`, { cause });
    });
    if (digest !== manifest.files[name])
      throw new UnusableGeneration(`is damaged: ${name} is not what was written`);
    return file;
  };
  const read = async (name: string) => readFile(await check(name));
  const { dimensions } = manifest;
  const spaceOf = async (kind: 'sentences' | 'passages'): Promise<[VectorRows, HnswIndex]> => {
    const { digests, labels } = deserialize(await read(`${kind}.rows`)) as {
      digests: string[];
      labels: Uint32Array;
    };
    const bytes = await read(`${kind}.f32`);
    const graph = await HnswIndex.read(await check(`${kind}.hnsw`), dimensions, labels);
    return [{ digests, vectors: new Float32Array(Uint8Array.from(bytes).buffer) }, graph];
  };
  const units = JSON.parse((await read('units.json')).toString('utf8'));
  const lexical = new LexicalIndex(deserialize(await read('words.bin')) as LexicalTables);
  const [sentences, sentenceGraph] = await spaceOf('sentences');
  const [passages, passageGraph] = await spaceOf('passages');
  const starts = deserialize(await read('tokens.starts')) as Float64Array;
  const readRange = openForRanges(await check('tokens.i8'));
  const tokens = (row: number) => readRange(starts[row] ?? 0, starts[row + 1] ?? 0);
  return {
    manifest,
    units,
    lexical,
    sentences: { ...sentences, tokens },
    passages,
    sentenceGraph,
    passageGraph,
  };
}

/** Where each row begins when they lie one after the other, and where the last one ends. */
function startsOf(rows: readonly Int8Array[]): Float64Array {
  const starts = new Float64Array(rows.length + 1);
  rows.forEach((row, i) => {
    starts[i + 1] = (starts[i] ?? 0) + row.length;
  });
  return starts;
}

/** Reads only what a generation says of itself. @throws {UnusableGeneration} */
export async function readManifest(folder: string): Promise<Manifest> {
  try {
    const text = await readFile(path.join(folder, 'manifest.json'), 'utf8');
    const { checksum, ...manifest } = JSON.parse(text) as Record<string, unknown>;
    const sealed = checksum === sha256(JSON.stringify(manifest));
    const { format } = manifest;
    // The first format had no checksum.
    if (format !== FORMAT && typeof format === 'number' && (sealed || checksum === undefined)) {
      throw new UnusableGeneration(
        `has format ${format}, as another version of liaison writes it; this one reads format ${FORMAT}`,
      );
    }
    if (!sealed) throw new Error('the manifest is not what was written');
    return manifestShape.parse(manifest);
  } catch (cause) {
    if (cause instanceof UnusableGeneration) throw cause;
    throw new UnusableGeneration('is damaged: manifest.json is missing or not what was written', { cause });
  }
}

const openFiles = new FinalizationRegistry<number>((handle) => closeSync(handle));

/** The file stays open as long as anybody may read it: a generation that answers may be dropped from the folder. */
function openForRanges(file: string): (start: number, end: number) => Int8Array {
  const handle = openSync(file, 'r');
  const readRange = (start: number, end: number) => {
    const rows = new Int8Array(end - start);
    readSync(handle, rows, 0, rows.length, start);
    return rows;
  };
  openFiles.register(readRange, handle);
  return readRange;
}

/** Makes sure that a file, or the names in a folder, are on the disk. */
export async function flush(target: string): Promise<void> {
  const handle = await open(target, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** SHA-256 of a file, piece by piece: some are hundreds of megabytes, and the event loop goes on meanwhile. */
async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file, { highWaterMark: DIGEST_BYTES })) hash.update(piece);
  return hash.digest('hex');
}
