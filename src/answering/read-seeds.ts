import { loadSeeds } from '../seeds/load.ts';
import { Readings } from '../seeds/readings.ts';
import type { Seed } from '../seeds/seed.ts';
import type { LibraryOptions } from './library.ts';

/**
 * Reads every article, as `loadSeeds` does; how each is read is kept beside the index.
 * @throws {SeedError} for what the operator can mend
 */
export async function readSeeds({
  seedsFolder,
  indexFolder,
}: Pick<LibraryOptions, 'seedsFolder' | 'indexFolder'>): Promise<Seed[]> {
  const readings = await Readings.open(indexFolder);
  const seeds = await loadSeeds(seedsFolder, [], readings);
  await readings.keep();
  return seeds;
}
