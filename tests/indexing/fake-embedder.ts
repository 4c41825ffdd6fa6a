import { createHash } from 'node:crypto';
import type { Embedder } from '../../src/embedding/embedder.ts';
import { meanPool, normaliseRows } from '../../src/embedding/pooling.ts';

const DIMENSIONS = 32;
const MAX_TOKENS = 256;

/** Each word becomes the numbers of its SHA-256; a text is the mean of its words. Same text, same vector. */
export const fakeEmbedder: Embedder = {
  fingerprint: 'fake',
  dimensions: DIMENSIONS,
  maxTokens: MAX_TOKENS,
  countTokens: (text) => wordsOf(text).length + 2,
  async embed(texts) {
    return texts.map((text, i) => {
      const pieces = wordsOf(text);
      if (pieces.length + 2 > MAX_TOKENS)
        throw new RangeError(`text ${i} has ${pieces.length + 2} word pieces`);
      const rows = Float32Array.from(['[CLS]', ...pieces, '[SEP]'].flatMap(hashed));
      const inner = rows.slice(DIMENSIONS, -DIMENSIONS);
      return { vector: meanPool(rows, DIMENSIONS), tokenVectors: normaliseRows(inner, DIMENSIONS), pieces };
    });
  },
};

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** By word: thousands of articles of few words are embedded. */
const known = new Map<string, readonly number[]>();

/** `DIMENSIONS` numbers in −1 … 1. */
function hashed(word: string): readonly number[] {
  const numbers =
    known.get(word) ?? [...createHash('sha256').update(word).digest()].map((byte) => byte / 127.5 - 1);
  known.set(word, numbers);
  return numbers;
}
