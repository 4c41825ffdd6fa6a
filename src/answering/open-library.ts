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
 * @throws {OperatorError} for what the operator can mend
 */
export async function openLibrary(options: LibraryOptions): Promise<Library> {
  const seeds = await loadSeeds(options.seedsFolder);
  const embedder = await loadEmbedder(options);
  const stored = await readNewest(options.indexFolder, options.report);
  const reason = staleness(stored, seeds, embedder);
  if (stored !== undefined && reason === undefined) return assemble(options, seeds, stored, embedder);
  options.report(`index: ${reason}; building it in ${options.indexFolder}`);
  const { generation } = await rebuild(options, seeds, embedder, false);
  return assemble(options, seeds, generation, embedder);
}

function assemble(
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
