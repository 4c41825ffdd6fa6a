import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Embedder } from '../../src/embedding/embedder.ts';
import { fakeEmbedder } from '../indexing/fake-embedder.ts';
import { keptEmbedder } from './kept-embedder.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'liaison-kept-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const silent: Embedder = {
  ...fakeEmbedder,
  embed: async (texts) => {
    throw new Error(`embedded again: ${texts.join()}`);
  },
};

test('what was embedded once is read from the folder by the next one', async () => {
  const [before] = await keptEmbedder(fakeEmbedder, folder).embed(['a ferry at night']);
  const [after] = await keptEmbedder(silent, folder).embed(['a ferry at night']);
  expect(after?.vector).toEqual(before?.vector);
  expect(after?.pieces).toEqual(['a', 'ferry', 'at', 'night']);
});

test('the vectors of word pieces keep their directions to two digits', async () => {
  const texts = ['the ferry', 'the harbour of the town'];
  const kept = await keptEmbedder(fakeEmbedder, folder).embed(texts);
  for (const [i, { tokenVectors }] of (await fakeEmbedder.embed(texts)).entries()) {
    tokenVectors.forEach((value, at) => {
      expect(kept[i]?.tokenVectors[at]).toBeCloseTo(value, 2);
    });
  }
});

test('another model starts anew', async () => {
  await keptEmbedder(fakeEmbedder, folder).embed(['a ferry']);
  const other = keptEmbedder({ ...silent, fingerprint: 'other' }, folder);
  await expect(other.embed(['a ferry'])).rejects.toThrow('embedded again: a ferry');
});

test('word pieces are counted as the model counts them', async () => {
  const kept = keptEmbedder(fakeEmbedder, folder);
  await kept.embed(['a ferry']);
  expect(kept.countTokens('a ferry')).toBe(fakeEmbedder.countTokens('a ferry'));
});
