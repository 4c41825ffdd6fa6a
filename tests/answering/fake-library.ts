import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SeedLibrary } from '../../src/answering/seed-library.ts';
import type { Embedder } from '../../src/embedding/embedder.ts';
import { meanPool, normaliseRows } from '../../src/embedding/pooling.ts';
import { buildGeneration } from '../../src/indexing/build.ts';
import { corpusOf } from '../../src/indexing/corpus.ts';
import { ExactIndex } from '../../src/indexing/exact-index.ts';
import { termsOf } from '../../src/indexing/terms.ts';
import { loadSeeds } from '../../src/seeds/load.ts';

const DIMENSIONS = 16;

/** Words hashed into a few dimensions: the port's shape, at the speed that ten thousand questions need. */
export const hashingEmbedder: Embedder = {
  fingerprint: 'hashing',
  dimensions: DIMENSIONS,
  maxTokens: 256,
  countTokens: (text) => piecesOf(text).length + 2,
  embed: async (texts) =>
    texts.map((text) => {
      const pieces = piecesOf(text);
      const rows = Float32Array.from(pieces.flatMap(hashed));
      return { vector: meanPool(rows, DIMENSIONS), tokenVectors: normaliseRows(rows, DIMENSIONS), pieces };
    }),
};

function piecesOf(text: string): string[] {
  return termsOf(text).map(({ word }) => word);
}

function hashed(word: string): number[] {
  let state = 7;
  for (let i = 0; i < word.length; i++) state = (state * 31 + word.charCodeAt(i)) % 65_521;
  return Array.from({ length: DIMENSIONS }, (_, d) => Math.sin(state * (d + 1)));
}

/** Seeds written to a new folder, and a library over them with the hashing embedder and the exact index. */
export async function libraryOf(texts: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(path.join(tmpdir(), 'liaison-seeds-'));
  for (const [name, text] of Object.entries(texts)) await writeFile(path.join(folder, name), text);
  const seeds = await loadSeeds(folder);
  const { generation } = await buildGeneration(seeds, hashingEmbedder, undefined, () => undefined);
  const { units, sentences, passages } = generation;
  const exact = (rows: Float32Array) => new ExactIndex(rows, DIMENSIONS);
  const corpus = corpusOf(generation, exact(sentences.vectors), exact(passages.vectors));
  const index = {
    generation: 'test',
    builtAt: '2026-01-01T00:00:00Z',
    sentences: units.sentences.length,
    passages: units.passages.length,
    model: 'hashing',
    sentencesBySeed: new Map<string, number>(),
  };
  return { folder, library: new SeedLibrary(folder, corpus, hashingEmbedder, index) };
}
