import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { ParsedSeed } from './parse.ts';
import type { Block, BlockKind } from './seed.ts';

/** How a text is read, and the names that it defines itself. */
export interface Reading extends ParsedSeed {
  readonly defined: readonly (readonly string[])[];
}

/** Raise this when the same file would be read differently. A test says when. */
export const READING = 1;

const FILE = 'readings.bin';
const DIGEST_BYTES = 32;
const KINDS: readonly BlockKind[] = ['headline', 'dateline', 'body', 'caption', 'credit', 'noise'];
/** Numbers that stand for a block: start, end, kind, paragraph, repeated, level. */
const BLOCK_NUMBERS = 6;

interface Stored {
  readonly version: number;
  readonly readings: readonly (Omit<Reading, 'blocks'> & { readonly key: string; readonly count: number })[];
  /** `BLOCK_NUMBERS` a block, those of all readings one after the other. */
  readonly blocks: Uint32Array;
}

/**
 * How articles were read, by the digest of their files: to read one takes a millisecond, to find how it was read next
 * to nothing, and a start may have thousands.
 */
export class Readings {
  readonly #folder: string | null;
  readonly #before: ReadonlyMap<string, Reading>;
  readonly #used = new Map<string, Reading>();

  private constructor(folder: string | null, before: ReadonlyMap<string, Reading>) {
    this.#folder = folder;
    this.#before = before;
  }

  /** None that are kept. */
  static none(): Readings {
    return new Readings(null, new Map());
  }

  /** Those that were kept in a folder; what is not what was written, or was written by another version, is none. */
  static async open(folder: string): Promise<Readings> {
    const bytes = await readFile(path.join(folder, FILE)).catch(() => Buffer.alloc(0));
    const content = bytes.subarray(DIGEST_BYTES);
    const isWhole = content.length > 0 && digestOf(content).equals(bytes.subarray(0, DIGEST_BYTES));
    return new Readings(folder, isWhole ? unpack(deserialize(content) as Stored) : new Map());
  }

  /** @param key of the file's content and format */
  get(key: string): Reading | undefined {
    const reading = this.#used.get(key) ?? this.#before.get(key);
    if (reading !== undefined) this.#used.set(key, reading);
    return reading;
  }

  set(key: string, reading: Reading): void {
    this.#used.set(key, reading);
  }

  /** Keeps those that were asked for or set; a folder that cannot be written has none next time. */
  async keep(): Promise<void> {
    const isKnown = [...this.#used.keys()].every((key) => this.#before.has(key));
    if (this.#folder === null || (isKnown && this.#used.size === this.#before.size)) return;
    const content = serialize(pack(this.#used));
    const file = path.join(this.#folder, FILE);
    const temporary = path.join(this.#folder, `.${FILE}.${process.pid}`);
    await mkdir(this.#folder, { recursive: true })
      .then(() => writeFile(temporary, Buffer.concat([digestOf(content), content])))
      .then(() => rename(temporary, file))
      .catch(() => rm(temporary, { force: true }))
      .catch(() => undefined);
  }
}

function pack(readings: ReadonlyMap<string, Reading>): Stored {
  const numbers = [...readings.values()].flatMap(({ blocks }) => blocks.flatMap(numbersOf));
  return {
    version: READING,
    readings: [...readings].map(([key, { blocks, ...rest }]) => ({ key, count: blocks.length, ...rest })),
    blocks: Uint32Array.from(numbers),
  };
}

function unpack({ version, readings, blocks }: Stored): Map<string, Reading> {
  const unpacked = new Map<string, Reading>();
  if (version !== READING) return unpacked;
  let at = 0;
  for (const { key, count, ...rest } of readings) {
    const own = blocks.subarray(at, at + count * BLOCK_NUMBERS);
    unpacked.set(key, { ...rest, blocks: Array.from({ length: count }, (_, i) => blockAt(own, i)) });
    at += own.length;
  }
  return unpacked;
}

function numbersOf({ start, end, kind, paragraph, repeated, level }: Block): number[] {
  return [start, end, KINDS.indexOf(kind), paragraph, Number(repeated), level];
}

function blockAt(numbers: Uint32Array, block: number): Block {
  const [start = 0, end = 0, kind = 0, paragraph = 0, repeated = 0, level = 0] = numbers.subarray(
    block * BLOCK_NUMBERS,
  );
  return { start, end, kind: KINDS[kind] ?? 'noise', paragraph, repeated: repeated === 1, level };
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
