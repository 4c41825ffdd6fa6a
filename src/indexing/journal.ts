import { createHash } from 'node:crypto';
import { readSync } from 'node:fs';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { createTurns } from '../seeds/turns.ts';
import { unwritable } from './unwritable.ts';

/** What a text became. */
export interface EmbeddedText {
  readonly vector: Float32Array;
  /** See `Corpus.tokenVectors`. They may lie on the disk: of many texts they fill it. */
  readonly tokens: () => Int8Array;
}

/** A text as the model gives it, to be kept under a key. */
export interface NewText {
  readonly key: string;
  readonly vector: Float32Array;
  readonly tokens: Int8Array;
}

/** What a record says beside its word-piece vectors: the model's fingerprint in the first one, then texts. */
type Content = string | readonly { key: string; vector: Float32Array; tokens: number }[];

/**
 * A record is the length of its content and of the vectors behind it (4 bytes each, little-endian), the SHA-256 of
 * both, and both.
 */
const HEADER_BYTES = 4 + 4 + 32;

/**
 * Keeps what a build has embedded until its generation is published, so that a build that was killed is gone on with.
 * Whatever is cut short or damaged is left out. Used under the write lock only.
 */
export class Journal {
  readonly #indexFolder: string;
  readonly #file: FileHandle;
  readonly #known = new Map<string, EmbeddedText>();
  /** Bytes of the file. */
  #size = 0;

  private constructor(indexFolder: string, file: FileHandle) {
    this.#indexFolder = indexFolder;
    this.#file = file;
  }

  /**
   * Reads what an interrupted build has left; begins anew when there is nothing, or another model made it.
   * @throws {OperatorError} when the folder cannot be written
   */
  static async open(indexFolder: string, fingerprint: string): Promise<Journal> {
    const name = fileIn(indexFolder);
    try {
      await mkdir(path.dirname(name), { recursive: true });
      const file = await open(name, 'a+');
      const journal = new Journal(indexFolder, file);
      try {
        await journal.#read(fingerprint);
        await file.truncate(journal.#size);
        if (journal.#size === 0) await journal.#append(fingerprint, new Uint8Array());
        return journal;
      } catch (error) {
        await file.close();
        throw error;
      }
    } catch (error) {
      throw unwritable(indexFolder, error);
    }
  }

  /** Texts that need not be embedded again. */
  get size(): number {
    return this.#known.size;
  }

  get(key: string): EmbeddedText | undefined {
    return this.#known.get(key);
  }

  /**
   * @returns the same texts, their word-piece vectors on the disk only
   * @throws {OperatorError} when the folder cannot be written
   */
  async add(texts: readonly NewText[]): Promise<EmbeddedText[]> {
    const content = texts.map(({ key, vector, tokens }) => ({ key, vector, tokens: tokens.length }));
    const tokens = Buffer.concat(
      texts.map(({ tokens: { buffer, byteOffset, length } }) => new Uint8Array(buffer, byteOffset, length)),
    );
    try {
      await this.#append(content, tokens);
    } catch (error) {
      throw unwritable(this.#indexFolder, error);
    }
    return this.#textsOf(content, this.#size - tokens.length);
  }

  /** Once the generation is published. One that stays does no harm: the next build takes from it what it can. */
  async remove(): Promise<void> {
    await rm(fileIn(this.#indexFolder), { force: true }).catch(() => undefined);
  }

  /** Nothing is looked up in it any more. */
  async close(): Promise<void> {
    await this.#file.close();
  }

  async #append(content: Content, tokens: Uint8Array): Promise<void> {
    const bytes = serialize(content);
    const header = Buffer.alloc(HEADER_BYTES);
    header.writeUInt32LE(bytes.length, 0);
    header.writeUInt32LE(tokens.length, 4);
    createHash('sha256').update(bytes).update(tokens).digest().copy(header, 8);
    await this.#file.writev([header, bytes, tokens]);
    this.#size += header.length + bytes.length + tokens.length;
  }

  /** Takes the whole records from the start on, as far as this model made them. */
  async #read(fingerprint: string): Promise<void> {
    const turn = createTurns();
    for (let record = await this.#next(); record !== null; record = await this.#next()) {
      const { content, tokensAt, end } = record;
      if (typeof content === 'string') {
        if (content !== fingerprint) return;
      } else {
        const texts = this.#textsOf(content, tokensAt);
        for (const [i, { key }] of content.entries()) this.#known.set(key, texts[i] as EmbeddedText);
      }
      this.#size = end;
      await turn();
    }
  }

  async #next(): Promise<{ content: Content; tokensAt: number; end: number } | null> {
    const header = await this.#bytes(this.#size, HEADER_BYTES);
    if (header === null) return null;
    const length = header.readUInt32LE(0);
    const start = this.#size + HEADER_BYTES;
    const bytes = await this.#bytes(start, length + header.readUInt32LE(4));
    if (bytes === null || !createHash('sha256').update(bytes).digest().equals(header.subarray(8)))
      return null;
    return {
      content: deserialize(bytes.subarray(0, length)) as Content,
      tokensAt: start + length,
      end: start + bytes.length,
    };
  }

  /** Null where the file ends before; a damaged length asks for no more than the file has. */
  async #bytes(start: number, length: number): Promise<Buffer | null> {
    const { size } = await this.#file.stat();
    if (start + length > size) return null;
    const bytes = Buffer.alloc(length);
    const { bytesRead } = await this.#file.read(bytes, 0, length, start);
    return bytesRead === length ? bytes : null;
  }

  #textsOf(content: Exclude<Content, string>, tokensAt: number): EmbeddedText[] {
    let at = tokensAt;
    return content.map(({ vector, tokens: length }) => {
      const start = at;
      at += length;
      return { vector, tokens: () => this.#tokens(start, length) };
    });
  }

  #tokens(start: number, length: number): Int8Array {
    const tokens = new Int8Array(length);
    readSync(this.#file.fd, tokens, 0, length, start);
    return tokens;
  }
}

function fileIn(indexFolder: string): string {
  return path.join(indexFolder, 'generations', '.interrupted');
}
