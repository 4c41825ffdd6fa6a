import { appendFileSync, existsSync, mkdirSync, openSync, readFileSync, readSync } from 'node:fs';
import path from 'node:path';
import type { Embedder, Embedding } from '../../src/embedding/embedder.ts';
import { quantiseRows } from '../../src/indexing/token-rows.ts';

/** Where one text's numbers lie in the file of numbers. */
interface Kept {
  readonly text: string;
  readonly pieces: readonly string[];
  /** The file; each run has its own, so that two at once do no harm. */
  readonly file: string;
  /** In bytes: the vector as 32-bit floats, then the pieces' vectors as whole numbers −127 … 127. */
  readonly start: number;
}

const FLOAT_BYTES = 4;

/**
 * An embedder that keeps what it made in a folder, so that learning again from the same texts takes minutes less.
 * The vectors of word pieces are kept as the index keeps them: cosines lose the third digit.
 * @param folder one a fingerprint is made in it
 */
export function keptEmbedder(embedder: Embedder, folder: string): Embedder {
  const own = path.join(folder, embedder.fingerprint.replaceAll(/[^\w.-]/g, '-').slice(0, 80));
  mkdirSync(own, { recursive: true });
  const list = path.join(own, 'texts.jsonl');
  const mine = `numbers-${Date.now()}-${process.pid}.bin`;
  const open = new Map<string, number>();
  const known = readList(list);
  let size = 0;
  const { dimensions } = embedder;

  /** The two special tokens are counted and not kept. */
  const countTokens = (text: string) => {
    const pieces = known.get(text)?.pieces;
    return pieces === undefined ? embedder.countTokens(text) : pieces.length + 2;
  };

  function read({ file, start, pieces }: Kept): Embedding {
    const descriptor = open.get(file) ?? openSync(path.join(own, file), 'r');
    open.set(file, descriptor);
    const bytes = Buffer.alloc(dimensions * (FLOAT_BYTES + pieces.length));
    readSync(descriptor, bytes, 0, bytes.length, start);
    const vector = new Float32Array(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + dimensions * FLOAT_BYTES),
    );
    const rows = new Int8Array(bytes.buffer, bytes.byteOffset + dimensions * FLOAT_BYTES);
    return { vector, tokenVectors: unitRows(rows, dimensions), pieces };
  }

  function keep(text: string, { vector, tokenVectors, pieces }: Embedding): void {
    const kept = { text, pieces, file: mine, start: size };
    const rows = quantiseRows(tokenVectors, dimensions);
    appendFileSync(path.join(own, mine), Buffer.concat([bytesOf(vector), bytesOf(rows)]));
    appendFileSync(list, `${JSON.stringify(kept)}\n`);
    size += dimensions * (FLOAT_BYTES + pieces.length);
    known.set(text, kept);
  }

  return {
    fingerprint: embedder.fingerprint,
    dimensions,
    maxTokens: embedder.maxTokens,
    countTokens,
    async embed(texts) {
      const fresh = [...new Set(texts)].filter((text) => !known.has(text));
      const embeddings = fresh.length === 0 ? [] : await embedder.embed(fresh);
      embeddings.forEach((embedding, i) => {
        keep(fresh[i] ?? '', embedding);
      });
      return texts.flatMap((text) => known.get(text) ?? []).map(read);
    },
  };
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Int8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function readList(list: string): Map<string, Kept> {
  if (!existsSync(list)) return new Map();
  const lines = readFileSync(list, 'utf8').split('\n').slice(0, -1);
  return new Map(lines.map((line) => JSON.parse(line) as Kept).map((kept) => [kept.text, kept]));
}

function unitRows(rows: Int8Array, dimensions: number): Float32Array {
  const unit = Float32Array.from(rows);
  for (let start = 0; start < unit.length; start += dimensions) {
    const row = unit.subarray(start, start + dimensions);
    const length = Math.sqrt(row.reduce((squares, value) => squares + value * value, 0)) || 1;
    for (let d = 0; d < dimensions; d++) row[d] = (row[d] ?? 0) / length;
  }
  return unit;
}
