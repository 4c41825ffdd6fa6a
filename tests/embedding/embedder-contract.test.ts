import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { startModel } from '../../src/embedding/child-embedder.ts';
import type { Embedder } from '../../src/embedding/embedder.ts';
import { DEFAULT_MODEL, FULL_MODEL, prepareModel } from '../../src/embedding/model-files.ts';
import { dot } from '../../src/embedding/pooling.ts';
import { loadEmbedder } from '../../src/embedding/transformers-embedder.ts';
import { fakeEmbedder } from '../indexing/fake-embedder.ts';

const MODELS_FOLDER = fileURLToPath(new URL('../../embeddings/models', import.meta.url));
const silent = () => undefined;
const load = (model: string) => loadEmbedder({ model, modelsFolder: MODELS_FOLDER, report: silent });
const realEmbedder = await load(DEFAULT_MODEL);
const unrounded = await load(FULL_MODEL);
const inChild = await startModel({ model: DEFAULT_MODEL, modelsFolder: MODELS_FOLDER, report: silent });
afterAll(() => inChild.close());

const TEXTS = [
  'The liaison office was opened in the border town of Kaesong.',
  'Kaesong',
  'A ferry crosses the sound four times a day in summer, and twice a day when the ice allows it.',
  'Café, naïve — 개성 连络 🙂',
];

describe.each<[string, Embedder]>([
  ['the fake', fakeEmbedder],
  [DEFAULT_MODEL, realEmbedder],
  [FULL_MODEL, unrounded],
  [`${DEFAULT_MODEL} in a child process, for questions`, inChild.embedder],
  [`${DEFAULT_MODEL} in a child process, behind them`, inChild.background],
])('%s', (_, embedder) => {
  const { dimensions } = embedder;

  test('returns one embedding a text, in order, and none for none', async () => {
    expect(await embedder.embed([])).toEqual([]);
    const together = await embedder.embed(TEXTS);
    const backwards = await embedder.embed(TEXTS.toReversed());
    expect(together).toHaveLength(TEXTS.length);
    together.forEach((embedding, i) => {
      const twin = backwards.at(-1 - i);
      expect(embedding.pieces).toEqual(twin?.pieces);
      expect(dot(embedding.vector, twin?.vector ?? new Float32Array(dimensions))).toBeCloseTo(1, 3);
    });
  });

  test('gives every vector and every row of word pieces unit length', async () => {
    for (const { vector, tokenVectors, pieces } of await embedder.embed(TEXTS)) {
      expect(vector).toHaveLength(dimensions);
      expect(dot(vector, vector)).toBeCloseTo(1, 4);
      for (let row = 0; row < pieces.length; row++) {
        const piece = tokenVectors.subarray(row * dimensions, (row + 1) * dimensions);
        expect(dot(piece, piece)).toBeCloseTo(1, 4);
      }
    }
  });

  test('has a row for each word piece, the two special tokens left out', async () => {
    const embeddings = await embedder.embed(TEXTS);
    embeddings.forEach(({ tokenVectors, pieces }, i) => {
      expect(tokenVectors).toHaveLength(pieces.length * dimensions);
      expect(pieces.length + 2).toBe(embedder.countTokens(TEXTS[i] ?? ''));
    });
  });

  test('embeds a text of none but white space', async () => {
    const [embedding] = await embedder.embed([' ']);
    expect(embedding?.pieces).toEqual([]);
    expect(embedding?.tokenVectors).toHaveLength(0);
    expect(embedding?.vector.every(Number.isFinite)).toBe(true);
  });

  test('takes a text of `maxTokens` word pieces and refuses one more', async () => {
    const full = 'a '.repeat(embedder.maxTokens - 2).trim();
    expect(embedder.countTokens(full)).toBe(embedder.maxTokens);
    const [embedding] = await embedder.embed([full]);
    expect(embedding?.pieces).toHaveLength(embedder.maxTokens - 2);
    await expect(embedder.embed(['short', `${full} a`])).rejects.toThrow(RangeError);
  });

  test('gives a text in a batch the numbers it has alone, to the last bit', async () => {
    const batch = await embedder.embed(TEXTS);
    for (const [i, text] of TEXTS.entries()) expect(await embedder.embed([text])).toEqual([batch[i]]);
  });
});

describe(DEFAULT_MODEL, () => {
  test('is the same model in a child process, to the last bit', async () => {
    expect(inChild.embedder.fingerprint).toBe(realEmbedder.fingerprint);
    expect(inChild.background.fingerprint).toBe(realEmbedder.fingerprint);
    expect(await inChild.embedder.embed(TEXTS)).toEqual(await realEmbedder.embed(TEXTS));
  });

  test('puts the question about the liaison office where the reference implementation does, unrounded', async () => {
    expect(Math.abs((await likeness(unrounded)) - 0.605)).toBeLessThanOrEqual(0.002);
  });

  test('is near that in int8', async () => {
    expect(Math.abs((await likeness(realEmbedder)) - 0.605)).toBeLessThanOrEqual(0.01);
    const [rounded, whole] = [await realEmbedder.embed(TEXTS), await unrounded.embed(TEXTS)];
    rounded.forEach(({ vector }, i) => {
      expect(dot(vector, whole[i]?.vector ?? new Float32Array())).toBeGreaterThan(0.99);
    });
  });

  test('is written again when a bit of a file has flipped, and is then the same model', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'liaison-models-'));
    try {
      await cp(MODELS_FOLDER, folder, { recursive: true });
      const before = await prepareModel(DEFAULT_MODEL, folder, silent);
      expect(before.state).toBe('found');
      const file = path.join(before.folder, 'onnx', 'model_quantized.onnx');
      const bytes = await readFile(file);
      const middle = bytes.length >> 1;
      bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
      await writeFile(file, bytes);
      const lines: string[] = [];
      const after = await prepareModel(DEFAULT_MODEL, folder, (line) => lines.push(line));
      expect(after.state).toBe('rewritten');
      expect(after.digest).toBe(before.digest);
      expect(lines).toEqual([expect.stringContaining(before.folder)]);
      expect((await prepareModel(DEFAULT_MODEL, folder, silent)).state).toBe('found');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

/** Cosine of a question with the article's first sentence. */
async function likeness(embedder: Embedder): Promise<number> {
  const seed = new URL('../../seeds/inter-korean-liaison-office.txt', import.meta.url);
  const sentence = (await readFile(seed, 'utf8')).split('\n')[5]?.trim() ?? '';
  expect(sentence).toMatch(/^The Republic of Korea \(ROK\).*ease tensions\.$/);
  const [question, answer] = await embedder.embed([
    'Where is the inter-Korean liaison office located?',
    sentence,
  ]);
  const none = new Float32Array();
  return dot(question?.vector ?? none, answer?.vector ?? none);
}
