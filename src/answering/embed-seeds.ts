import { loadEmbedder } from '../embedding/transformers-embedder.ts';
import type { NamedGeneration } from '../indexing/store.ts';
import { publishHeld } from './held.ts';
import type { Rebuilt } from './last-run.ts';
import type { LibraryOptions } from './library.ts';
import { readSeeds } from './read-seeds.ts';
import { type RebuildHow, rebuild, seedsToBuild } from './rebuild.ts';

/**
 * Brings the index up to date with the model in this process.
 * @throws {OperatorError} for what the operator can mend
 */
export async function embedSeeds(options: LibraryOptions, how: RebuildHow): Promise<Rebuilt> {
  const seeds = await seedsToBuild(options);
  const embedder = await loadEmbedder(options);
  return (await rebuild(options, seeds, embedder, how)).rebuilt;
}

/**
 * Publishes the index that an earlier run held back.
 * @returns undefined when there is none, or it is not of the articles as they are
 * @throws {OperatorError} for what the operator can mend
 */
export async function publishHeldSeeds(options: LibraryOptions): Promise<NamedGeneration | undefined> {
  const seeds = await readSeeds(options);
  return publishHeld(options, seeds, await loadEmbedder(options));
}
