import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Embedder } from '../../src/embedding/embedder.ts';
import { prepareDefaultModel } from '../../src/embedding/model-files.ts';
import { dot } from '../../src/embedding/pooling.ts';
import { loadEmbedder } from '../../src/embedding/transformers-embedder.ts';
import { hashingEmbedder } from '../answering/fake-library.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const modelsFolder = path.join(PROJECT, 'embeddings', 'models');
const report = () => undefined;
const real = await loadEmbedder({ model: 'all-MiniLM-L6-v2', modelsFolder, report });

describe.each<[string, Embedder]>([
  ['hashing', hashingEmbedder],
  ['transformers', real],
])('the %s embedder', (_, embedder) => {
  it('gives each text one vector of unit length, in order, whatever its batch', async () => {
    const texts = [
      'A long sentence about the opening of an office in Kaesong.',
      'Short.',
      'Short.',
      '개성 🤝',
    ];
    const together = await embedder.embed(texts);
    expect(together).toHaveLength(texts.length);
    for (const [i, text] of texts.entries()) {
      const [alone] = await embedder.embed([text]);
      const vector = together[i]?.vector ?? new Float32Array();
      expect(vector).toHaveLength(embedder.dimensions);
      if (alone?.pieces.length !== 0) expect(dot(vector, alone?.vector ?? vector)).toBeCloseTo(1, 3);
    }
  });

  it('gives each word piece a row of unit length, special tokens left out', async () => {
    const text = 'The co-heads will meet every week.';
    const [embedding] = await embedder.embed([text]);
    const { pieces = [], tokenVectors = new Float32Array() } = embedding ?? {};
    expect(pieces).toHaveLength(embedder.countTokens(text) - 2);
    expect(tokenVectors).toHaveLength(pieces.length * embedder.dimensions);
    const row = tokenVectors.subarray(0, embedder.dimensions);
    expect(dot(row, row)).toBeCloseTo(1, 4);
  });
});

describe('all-MiniLM-L6-v2 as ONNX', () => {
  it('gives the cosine that the original gives', async () => {
    const article = await readFile(path.join(PROJECT, 'seeds/inter-korean-liaison-office.txt'), 'utf8');
    const [question, sentence] = await real.embed([
      'Where is the inter-Korean liaison office located?',
      article.split('\n')[5] ?? '',
    ]);
    const cosine = dot(question?.vector ?? new Float32Array(), sentence?.vector ?? new Float32Array());
    expect(Math.abs(cosine - 0.605)).toBeLessThan(0.002);
  });

  it('refuses a text that it would have to cut', async () => {
    await expect(real.embed(['word '.repeat(300)])).rejects.toThrow(RangeError);
  });

  it('is written again when a bit of it is wrong', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'liaison-models-'));
    await cp(modelsFolder, folder, { recursive: true });
    const file = path.join(folder, 'all-MiniLM-L6-v2', 'onnx', 'model.onnx');
    const bytes = await readFile(file);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    await writeFile(file, bytes);
    expect((await prepareDefaultModel(folder, report)).state).toBe('rewritten');
    expect((await prepareDefaultModel(folder, report)).state).toBe('found');
    await rm(folder, { recursive: true });
  });
});
