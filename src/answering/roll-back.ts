import type { Embedder } from '../embedding/embedder.ts';
import { loadEmbedder } from '../embedding/transformers-embedder.ts';
import { type NamedGeneration, readNewest, rollBackTo } from '../indexing/store.ts';
import { withWriteLock } from '../indexing/write-lock.ts';
import { OperatorError } from '../operator-error.ts';
import type { Seed } from '../seeds/seed.ts';
import type { LibraryOptions } from './library.ts';
import { readSeeds } from './read-seeds.ts';
import { staleness } from './staleness.ts';

/**
 * Goes back to the generation before the one that answers, until a new one is built. Articles that came since are
 * not looked into; those that it was built from must be as they were.
 * @param loaded the model, when it is loaded already
 * @throws {OperatorError} when there is none before it, or it cannot answer for the articles as they are
 */
export async function rollBack(
  options: LibraryOptions,
  loaded?: Embedder,
): Promise<{ readonly generation: NamedGeneration; readonly seeds: readonly Seed[] }> {
  const { indexFolder, report } = options;
  const seeds = await readSeeds(options);
  const embedder = loaded ?? (await loadEmbedder(options));
  return withWriteLock(indexFolder, report, async () => {
    const current = await readNewest(indexFolder, report);
    const before = current && (await readNewest(indexFolder, report, current.name));
    if (before === undefined) {
      throw new OperatorError(`index: there is no older generation in ${indexFolder} to go back to`);
    }
    const generation = { ...before, newest: false, rolledBack: true };
    const reason = staleness(generation, seeds, embedder);
    if (reason !== undefined) {
      throw new OperatorError(
        `index: generation ${generation.name} cannot answer: ${reason}; undo that, then roll back, or run: npm run embed`,
      );
    }
    await rollBackTo(indexFolder, generation.name);
    return { generation, seeds };
  });
}
