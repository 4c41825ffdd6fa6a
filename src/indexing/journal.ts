import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rm, truncate } from 'node:fs/promises';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { unwritable } from './unwritable.ts';

/** What a text became. */
export interface EmbeddedText {
  readonly vector: Float32Array;
  /** See `Corpus.tokenVectors`; empty where they are not needed. */
  readonly tokens: Int8Array;
}

/** A record is the length of its content (4 bytes, little-endian), the SHA-256 of the content, and the content. */
const LENGTH_BYTES = 4;
const HEADER_BYTES = LENGTH_BYTES + 32;

/**
 * Keeps what a build has embedded until its generation is published, so that a build that was killed is gone on with.
 * Whatever is cut short or damaged is left out. Used under the write lock only.
 */
export class Journal {
  readonly #indexFolder: string;
  readonly #known: Map<string, EmbeddedText>;

  private constructor(indexFolder: string, known: Map<string, EmbeddedText>) {
    this.#indexFolder = indexFolder;
    this.#known = known;
  }

  /**
   * Reads what an interrupted build has left; begins anew when there is nothing, or another model made it.
   * @throws {OperatorError} when the folder cannot be written
   */
  static async open(indexFolder: string, fingerprint: string): Promise<Journal> {
    const file = fileIn(indexFolder);
    const known = new Map<string, EmbeddedText>();
    const journal = new Journal(indexFolder, known);
    const bytes = await readFile(file).catch(() => Buffer.alloc(0));
    let whole = 0;
    for (const { content, end } of recordsIn(bytes)) {
      if (whole === 0 && content !== fingerprint) break;
      if (whole > 0) for (const [key, text] of content as [string, EmbeddedText][]) known.set(key, text);
      whole = end;
    }
    try {
      await mkdir(path.dirname(file), { recursive: true });
      if (whole > 0) await truncate(file, whole);
      else await rm(file, { force: true });
    } catch (error) {
      throw unwritable(indexFolder, error);
    }
    if (whole === 0) await journal.#append(fingerprint);
    return journal;
  }

  /** Texts that need not be embedded again. */
  get size(): number {
    return this.#known.size;
  }

  get(key: string): EmbeddedText | undefined {
    return this.#known.get(key);
  }

  /** @throws {OperatorError} when the folder cannot be written */
  async add(texts: readonly (readonly [key: string, text: EmbeddedText])[]): Promise<void> {
    await this.#append(texts);
  }

  /** Once the generation is published. One that stays does no harm: the next build takes from it what it can. */
  async remove(): Promise<void> {
    await rm(fileIn(this.#indexFolder), { force: true }).catch(() => undefined);
  }

  async #append(content: unknown): Promise<void> {
    const bytes = serialize(content);
    const header = Buffer.alloc(LENGTH_BYTES);
    header.writeUInt32LE(bytes.length);
    try {
      const file = await open(fileIn(this.#indexFolder), 'a');
      try {
        await file.writev([header, sha256(bytes), bytes]);
      } finally {
        await file.close();
      }
    } catch (error) {
      throw unwritable(this.#indexFolder, error);
    }
  }
}

function fileIn(indexFolder: string): string {
  return path.join(indexFolder, 'generations', '.interrupted');
}

/** The whole records from the start on. */
function* recordsIn(bytes: Buffer): Generator<{ content: unknown; end: number }> {
  let at = 0;
  while (at + HEADER_BYTES <= bytes.length) {
    const start = at + HEADER_BYTES;
    const end = start + bytes.readUInt32LE(at);
    const content = bytes.subarray(start, end);
    if (end > bytes.length || !sha256(content).equals(bytes.subarray(at + LENGTH_BYTES, start))) return;
    yield { content: deserialize(content), end };
    at = end;
  }
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
