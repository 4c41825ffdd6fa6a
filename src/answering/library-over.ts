import type { Embedder } from '../embedding/embedder.ts';
import { corpusOf } from '../indexing/corpus.ts';
import type { NamedGeneration } from '../indexing/store.ts';
import type { Seed } from '../seeds/seed.ts';
import type { Library, LibraryOptions } from './library.ts';
import { SeedLibrary } from './seed-library.ts';

/** The library over a generation that is not stale. */
export function libraryOver(
  options: LibraryOptions,
  seeds: readonly Seed[],
  stored: Omit<NamedGeneration, 'newest' | 'rolledBack'>,
  embedder: Embedder,
): Library {
  const { manifest } = stored;
  const byId = new Map(seeds.map((seed) => [seed.id, seed]));
  let firstSentence = 0;
  const indexed = manifest.seeds.flatMap(({ id, sentences: count }) => {
    const seed = byId.get(id);
    const start = firstSentence;
    firstSentence += count;
    return seed === undefined ? [] : [{ seed, firstSentence: start, endSentence: firstSentence }];
  });
  const { dimensions } = manifest;
  const corpus = corpusOf({ ...stored, dimensions, units: { ...stored.units, seeds: indexed } });
  const index = {
    generation: stored.name,
    builtAt: manifest.builtAt,
    sentences: manifest.counts.sentences,
    passages: manifest.counts.passages,
    model: options.model,
    sentencesBySeed: new Map(manifest.seeds.map((seed) => [seed.id, seed.sentences])),
  };
  return new SeedLibrary(options.seedsFolder, corpus, embedder, index);
}
