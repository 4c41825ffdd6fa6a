import type { Embedder } from '../embedding/embedder.ts';
import { loadEmbedder } from '../embedding/transformers-embedder.ts';
import { corpusOf } from '../indexing/corpus.ts';
import { type NamedGeneration, readNewest } from '../indexing/store.ts';
import { loadSeeds } from '../seeds/load.ts';
import type { Seed } from '../seeds/seed.ts';
import { rebuild, staleness } from './embed-seeds.ts';
import type { Library, LibraryOptions } from './library.ts';
import { SeedLibrary } from './seed-library.ts';

/**
 * Loads the seeds and the newest whole index; builds or updates the index when it is missing, stale, foreign or
 * damaged, and says which.
 * @param loaded the model, when it is loaded already
 * @throws {OperatorError} for what the operator can mend
 */
export async function openLibrary(options: LibraryOptions, loaded?: Embedder): Promise<Library> {
  const { indexFolder, report } = options;
  const seeds = await loadSeeds(options.seedsFolder);
  const embedder = loaded ?? (await loadEmbedder(options));
  const stored = await readNewest(indexFolder, report);
  const reason = staleness(stored, seeds, embedder);
  if (stored !== undefined && reason === undefined) {
    if (stored.rolledBack) {
      report(`index: rolled back to generation ${stored.name}; npm run embed brings it up to date again`);
    }
    return libraryOver(options, seeds, stored, embedder);
  }
  report(`index: ${reason}; building it in ${indexFolder}`);
  const { generation } = await rebuild(options, seeds, embedder, false);
  return libraryOver(options, seeds, generation, embedder);
}

/** The library over a generation that is not stale. */
export function libraryOver(
  options: LibraryOptions,
  seeds: readonly Seed[],
  stored: NamedGeneration,
  embedder: Embedder,
): Library {
  const { manifest } = stored;
  let firstSentence = 0;
  const indexed = manifest.seeds.flatMap(({ id, sentences: count }) => {
    const seed = seeds.find((candidate) => candidate.id === id);
    const start = firstSentence;
    firstSentence += count;
    return seed === undefined ? [] : [{ seed, firstSentence: start, endSentence: firstSentence }];
  });
  const { fingerprint, dimensions } = manifest;
  const corpus = corpusOf(
    { ...stored, fingerprint, dimensions, units: { ...stored.units, seeds: indexed } },
    stored.sentenceGraph,
    stored.passageGraph,
  );
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
