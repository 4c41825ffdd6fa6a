import { CHUNK_POLICY } from '../chunks/chunk.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { loadEmbedder } from '../embedding/transformers-embedder.ts';
import { buildGeneration, compareSeeds, type IndexReport } from '../indexing/build.ts';
import type { Generation } from '../indexing/generation.ts';
import { Journal } from '../indexing/journal.ts';
import { type NamedGeneration, publish, readNewest } from '../indexing/store.ts';
import { withWriteLock } from '../indexing/write-lock.ts';
import { OperatorError } from '../operator-error.ts';
import { loadSeeds } from '../seeds/load.ts';
import type { Seed } from '../seeds/seed.ts';
import type { LibraryOptions } from './library.ts';

/**
 * Builds the index: keeps every vector whose text and model did not change, unless `full`.
 * @throws {OperatorError} for what the operator can mend
 */
export async function embedSeeds(options: LibraryOptions & { readonly full: boolean }): Promise<IndexReport> {
  const seeds = await loadSeeds(options.seedsFolder);
  const embedder = await loadEmbedder(options);
  return (await rebuild(options, seeds, embedder, options.full)).report;
}

/** Builds a generation beside the others unless the newest is what a build would give. */
export async function rebuild(
  options: LibraryOptions,
  seeds: readonly Seed[],
  embedder: Embedder,
  full: boolean,
) {
  return withWriteLock(options.indexFolder, options.report, async (assertHeld) => {
    const started = performance.now();
    const stored = await readNewest(options.indexFolder, () => undefined);
    const before = new Map(stored?.manifest.seeds.map(({ id, digest }) => [id, digest]));
    const changes = compareSeeds(before, new Map(seeds.map(({ id, digest }) => [id, digest])));
    const current = stored?.newest === true && staleness(stored, seeds, embedder) === undefined;
    const { generation, embedded } =
      current && !full
        ? { generation: stored, embedded: 0 }
        : await buildAndPublish(options, seeds, embedder, full ? undefined : stored, assertHeld);
    const report: IndexReport = {
      ...changes,
      sentences: generation.units.sentences.length,
      passages: generation.units.passages.length,
      embedded,
      seconds: (performance.now() - started) / 1000,
    };
    return { generation, report };
  });
}

async function buildAndPublish(
  options: LibraryOptions,
  seeds: readonly Seed[],
  embedder: Embedder,
  stored: NamedGeneration | undefined,
  assertHeld: () => void,
): Promise<{ generation: NamedGeneration; embedded: number }> {
  const { indexFolder, report } = options;
  const journal = await Journal.open(indexFolder, embedder.fingerprint);
  if (journal.size > 0) report(`index: going on with ${journal.size} texts of a build that was interrupted`);
  const { generation, embedded } = await buildGeneration(
    seeds,
    embedder,
    stored === undefined ? undefined : asGeneration(stored),
    (done, all) => report(`embedded ${done}/${all}`, all === 0 ? 1 : done / all),
    journal,
  );
  const name = await publish(indexFolder, generation, assertHeld);
  const written = await readNewest(indexFolder, report);
  if (written?.name !== name) {
    throw new OperatorError(
      `index: generation ${name} in ${indexFolder} reads back other than written; check the disk, then run again`,
    );
  }
  await journal.remove();
  return { generation: written, embedded };
}

function asGeneration(stored: NamedGeneration): Generation {
  const { manifest, units, ...rest } = stored;
  const { fingerprint, dimensions } = manifest;
  return { ...rest, fingerprint, dimensions, units: { seeds: [], ...units } };
}

/** Why a generation cannot answer for these seeds, or undefined when it can. */
export function staleness(
  stored: NamedGeneration | undefined,
  seeds: readonly Seed[],
  embedder: Embedder,
): string | undefined {
  if (stored === undefined) return 'there is none yet';
  const { manifest, rolledBack } = stored;
  if (manifest.fingerprint !== embedder.fingerprint) return 'it was made by another model';
  if (manifest.chunkPolicy !== CHUNK_POLICY) {
    return `it was built with chunk policy ${manifest.chunkPolicy}, this code uses ${CHUNK_POLICY}`;
  }
  const present = new Map(seeds.map(({ id, digest }) => [id, digest]));
  const changed = manifest.seeds.filter(({ id, digest }) => present.get(id) !== digest);
  // Who goes back may want to be rid of the articles that came since.
  if (changed.length === 0 && (rolledBack || manifest.seeds.length === seeds.length)) return undefined;
  const names = changed.slice(0, 3).map(({ id }) => id);
  return `the seeds have changed since${names.length > 0 ? ` (${names.join(', ')})` : ''}`;
}
