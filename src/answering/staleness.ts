import { CHUNK_POLICY } from '../chunks/chunk.ts';
import type { Embedder } from '../embedding/embedder.ts';
import type { NamedGeneration } from '../indexing/store.ts';
import type { Seed } from '../seeds/seed.ts';

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
