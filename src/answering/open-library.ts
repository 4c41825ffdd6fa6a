import type { Embedder } from '../embedding/embedder.ts';
import { loadEmbedder } from '../embedding/transformers-embedder.ts';
import { type NamedGeneration, readNewest } from '../indexing/store.ts';
import type { Seed } from '../seeds/seed.ts';
import { publishHeld } from './held.ts';
import type { Library, LibraryOptions } from './library.ts';
import { libraryOver } from './library-over.ts';
import { readSeeds } from './read-seeds.ts';
import { type RebuildProgress, rebuild } from './rebuild.ts';
import { regressionLine, reportProgress } from './rebuild-words.ts';
import { staleness } from './staleness.ts';

export interface Opened {
  readonly seeds: readonly Seed[];
  readonly generation: NamedGeneration;
}

/**
 * Loads the seeds and the newest whole index; builds or updates the index when it is missing, stale, foreign or
 * damaged, and says which.
 * @param loaded the model, when it is loaded already
 * @throws {OperatorError} for what the operator can mend
 */
export async function openLibrary(options: LibraryOptions, loaded?: Embedder): Promise<Library> {
  const embedder = loaded ?? loadEmbedder(options);
  const { seeds, generation } = await openGeneration(options, embedder);
  return libraryOver(options, seeds, generation, await embedder);
}

/** As `openLibrary`, for who must know the generation too. @param loading the model, or what it will be */
export async function openGeneration(
  options: LibraryOptions,
  loading: Embedder | Promise<Embedder>,
): Promise<Opened> {
  const { indexFolder, report } = options;
  // The index is read and digested on other threads while this one loads the model.
  const reading = readNewest(indexFolder, report);
  reading.catch(() => undefined);
  const embedder = await loading;
  const seeds = await readSeeds(options);
  const stored = await reading;
  const reason = staleness(stored, seeds, embedder);
  if (stored !== undefined && reason === undefined) {
    if (stored.rolledBack) {
      report(`index: rolled back to generation ${stored.name}; npm run embed brings it up to date again`);
    }
    return { seeds, generation: stored };
  }
  report(`index: ${reason}; building it in ${indexFolder}`);
  // Nobody waits at the start to be asked, and what is stale cannot answer.
  const generation =
    (await publishHeld(options, seeds, embedder)) ?? (await buildNow(options, seeds, embedder));
  return { seeds, generation };
}

async function buildNow(options: LibraryOptions, seeds: readonly Seed[], embedder: Embedder) {
  const progress = (progress: RebuildProgress) => reportProgress(options.report, progress);
  const how = { full: false, publishAnyway: true, progress };
  const { rebuilt, generation } = await rebuild(options, seeds, embedder, how);
  const { asked, worse } = rebuilt.golden;
  if (worse.length > 0) {
    options.report(`index: ${worse.length} of ${asked} golden questions are answered worse than before:`);
    for (const regression of worse) options.report(`  ${regressionLine(regression)}`);
  }
  if (generation === undefined) throw new Error('a build came to nothing');
  return generation;
}
