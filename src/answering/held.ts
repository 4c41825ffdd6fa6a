import type { Embedder } from '../embedding/embedder.ts';
import { movedTo, readGeneration } from '../indexing/generation.ts';
import { UnusableGeneration } from '../indexing/manifest.ts';
import { discardHeld, heldBack, type NamedGeneration, publishCandidate } from '../indexing/store.ts';
import { withWriteLock } from '../indexing/write-lock.ts';
import type { Seed } from '../seeds/seed.ts';
import { readLastRun, writeLastRun } from './last-run.ts';
import type { LibraryOptions } from './library.ts';
import { staleness } from './staleness.ts';

/**
 * Publishes the index that was held back because it answers golden questions worse.
 * @param builtAt which one is meant; whichever is there when undefined
 * @returns undefined when it is gone, is another one, or is not of the articles as they are
 * @throws {OperatorError} when the folder cannot be written
 */
export async function publishHeld(
  options: LibraryOptions,
  seeds: readonly Seed[],
  embedder: Embedder,
  builtAt?: string,
): Promise<NamedGeneration | undefined> {
  const { indexFolder, report } = options;
  if ((await heldBack(indexFolder)) === undefined) return undefined;
  return withWriteLock(indexFolder, report, async (assertHeld) => {
    const held = await readHeld(indexFolder);
    if (
      held === undefined ||
      (builtAt ?? held.generation.manifest.builtAt) !== held.generation.manifest.builtAt
    ) {
      return undefined;
    }
    const generation = { ...held.generation, name: held.candidate.name, newest: true, rolledBack: false };
    if (staleness(generation, seeds, embedder) !== undefined) return undefined;
    const folder = await publishCandidate(indexFolder, held.candidate, assertHeld);
    await settle(indexFolder, 'published');
    return movedTo(folder, generation);
  });
}

/**
 * Lets the index that was held back go.
 * @returns whether it was there
 * @throws {OperatorError} when the folder cannot be written
 */
export async function dropHeld({ indexFolder, report }: LibraryOptions, builtAt: string): Promise<boolean> {
  if ((await heldBack(indexFolder)) === undefined) return false;
  return withWriteLock(indexFolder, report, async () => {
    const held = await readHeld(indexFolder);
    if (held?.generation.manifest.builtAt !== builtAt) return false;
    await discardHeld(indexFolder);
    await settle(indexFolder, 'discarded');
    return true;
  });
}

async function readHeld(indexFolder: string) {
  const candidate = await heldBack(indexFolder);
  if (candidate === undefined) return undefined;
  try {
    return { candidate, generation: await readGeneration(candidate.folder) };
  } catch (error) {
    if (!(error instanceof UnusableGeneration)) throw error;
    return undefined;
  }
}

/** The rebuild that it came from is remembered by what was decided. */
async function settle(indexFolder: string, outcome: 'published' | 'discarded'): Promise<void> {
  const last = await readLastRun(indexFolder);
  if (last?.outcome === 'held') await writeLastRun(indexFolder, { ...last, outcome });
}
