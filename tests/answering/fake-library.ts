import { mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inject } from 'vitest';
import { SeedLibrary } from '../../src/answering/seed-library.ts';
import { buildGeneration } from '../../src/indexing/build.ts';
import { corpusOf } from '../../src/indexing/corpus.ts';
import { loadSeeds } from '../../src/seeds/load.ts';
import { fakeEmbedder } from '../indexing/fake-embedder.ts';

/**
 * Seeds written to a new folder, and a library over them with the fake embedder.
 * @param within where the folder is made; by default it goes when all tests have run
 */
export async function libraryOf(
  texts: Readonly<Record<string, string>>,
  within: string = inject('runFolder'),
) {
  const folder = await mkdtemp(path.join(within, 'seeds-'));
  for (const [name, text] of Object.entries(texts)) await writeFile(path.join(folder, name), text);
  const seeds = await loadSeeds(folder);
  const { generation } = await buildGeneration(seeds, fakeEmbedder);
  const { units } = generation;
  const corpus = corpusOf(generation);
  const index = {
    generation: 'test',
    builtAt: '2026-01-01T00:00:00Z',
    sentences: units.sentences.length,
    passages: units.passages.length,
    model: 'fake',
    sentencesBySeed: new Map<string, number>(),
  };
  return { folder, library: new SeedLibrary(folder, corpus, fakeEmbedder, index) };
}
