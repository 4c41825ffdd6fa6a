import { CHUNK_POLICY } from '../chunks/chunk.ts';
import type { Embedder } from '../embedding/embedder.ts';
import {
  type BuildProgress,
  buildGeneration,
  Cancelled,
  compareSeeds,
  type IndexReport,
  type Previous,
} from '../indexing/build.ts';
import { movedTo } from '../indexing/generation.ts';
import { Journal } from '../indexing/journal.ts';
import {
  type Candidate,
  discardCandidate,
  holdBack,
  type NamedGeneration,
  newestKnowing,
  publishCandidate,
  readNewest,
  writeCandidate,
} from '../indexing/store.ts';
import { CopiedDamage } from '../indexing/token-file.ts';
import { withWriteLock } from '../indexing/write-lock.ts';
import { OperatorError } from '../operator-error.ts';
import { loadSeeds } from '../seeds/load.ts';
import type { Seed } from '../seeds/seed.ts';
import { checkCandidate } from './check-candidate.ts';
import { failedRun, lastRunOf, type Rebuilt, writeLastRun } from './last-run.ts';
import type { LibraryOptions } from './library.ts';
import { readSeeds } from './read-seeds.ts';
import { staleness } from './staleness.ts';

/** How far a rebuild is. */
export type RebuildProgress =
  | { readonly phase: 'read'; readonly seeds: number }
  | BuildProgress
  /** Whole, and held to so many golden questions. */
  | { readonly phase: 'verified'; readonly questions: number };

/** What a rebuild is to do. */
export interface RebuildHow {
  /** Embeds everything anew, or of one article only when `seed` names it; else only what changed. */
  readonly full: boolean;
  readonly seed?: string | undefined;
  /** Whether an index that answers a golden question worse than the one before is published all the same. */
  readonly publishAnyway?: boolean;
  readonly progress?: ((progress: RebuildProgress) => void) | undefined;
  /** Cancels it once aborted: what answers stays as it is. */
  readonly signal?: AbortSignal | undefined;
}

/** What a rebuild came to, and the generation that answers after it; undefined where there is none yet. */
export interface Finished {
  readonly rebuilt: Rebuilt;
  readonly generation: NamedGeneration | undefined;
}

/**
 * Reads the articles for a rebuild; that they cannot be read is remembered as one that failed.
 * @param known articles that were read before
 * @throws {SeedError} for what the operator can mend
 */
export async function seedsToBuild(options: LibraryOptions, known: readonly Seed[] = []): Promise<Seed[]> {
  const { seedsFolder, indexFolder } = options;
  try {
    return await (known.length === 0 ? readSeeds(options) : loadSeeds(seedsFolder, known));
  } catch (error) {
    await writeLastRun(indexFolder, failedRun(error));
    throw error;
  }
}

/**
 * Builds a generation beside the others unless the newest is what a build would give; publishes it once it is whole
 * and answers each golden question no worse than the one before.
 * @param known the generation that answers in this process: it need not be read again
 * @throws {OperatorError} for what the operator can mend
 */
export async function rebuild(
  options: LibraryOptions,
  seeds: readonly Seed[],
  embedder: Embedder,
  how: RebuildHow,
  known?: NamedGeneration,
): Promise<Finished> {
  const { indexFolder, report } = options;
  if (how.seed !== undefined && !seeds.some(({ id }) => id === how.seed)) {
    throw new OperatorError(`seed ${how.seed.slice(0, 100)} does not exist; nothing was built`);
  }
  return withWriteLock(indexFolder, report, async (assertHeld) => {
    const started = performance.now();
    how.progress?.({ phase: 'read', seeds: seeds.length });
    const stored = await newestKnowing(indexFolder, known);
    const before = new Map(stored?.manifest.seeds.map(({ id, digest }) => [id, digest]));
    const changes = compareSeeds(before, new Map(seeds.map(({ id, digest }) => [id, digest])));
    const current = stored?.newest === true && staleness(stored, seeds, embedder) === undefined;
    const work = { options, seeds, embedder, how, stored, assertHeld };
    try {
      const made = current && !how.full ? nothingToDo(stored) : await makeFromWhole(work);
      const seconds = (performance.now() - started) / 1000;
      const rebuilt = { ...changes, ...made.result, ...made.counts, seconds };
      await writeLastRun(indexFolder, lastRunOf(rebuilt));
      return { rebuilt, generation: made.generation };
    } catch (error) {
      await writeLastRun(indexFolder, failedRun(error));
      throw error;
    }
  });
}

interface Work {
  readonly options: LibraryOptions;
  readonly seeds: readonly Seed[];
  readonly embedder: Embedder;
  readonly how: RebuildHow;
  /** The generation that answers. */
  readonly stored: NamedGeneration | undefined;
  readonly assertHeld: () => void;
}

interface Made {
  readonly result: Pick<Rebuilt, 'outcome' | 'embedded' | 'golden' | 'recall' | 'held'>;
  readonly counts: Pick<IndexReport, 'sentences' | 'passages'>;
  readonly generation: NamedGeneration | undefined;
}

const UNCHECKED = { golden: { asked: 0, worse: [] }, recall: null, held: null };

function nothingToDo(stored: NamedGeneration): Made {
  const result = { outcome: 'unchanged' as const, embedded: 0, ...UNCHECKED };
  return { result, counts: stored.manifest.counts, generation: stored };
}

/** What was in memory may have been damaged on the disk since: then from what is whole there. */
async function makeFromWhole(work: Work): Promise<Made> {
  try {
    return await make(work);
  } catch (error) {
    if (!(error instanceof CopiedDamage)) throw error;
    const { indexFolder, report } = work.options;
    return make({ ...work, stored: await readNewest(indexFolder, report) });
  }
}

async function make(work: Work): Promise<Made> {
  const { options, embedder, stored } = work;
  const journal = await Journal.open(options.indexFolder, embedder.fingerprint);
  if (journal.size > 0) {
    options.report(`index: going on with ${journal.size} texts of a build that was interrupted`);
  }
  try {
    const made = await makeAndDecide(work, journal);
    await journal.remove();
    return made;
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    const counts = stored?.manifest.counts ?? { sentences: 0, passages: 0 };
    const result = { outcome: 'cancelled' as const, embedded: error.embedded, ...UNCHECKED };
    return { result, counts, generation: stored };
  } finally {
    await journal.close();
  }
}

async function makeAndDecide(work: Work, journal: Journal): Promise<Made> {
  const { options, how, stored, assertHeld } = work;
  const { indexFolder } = options;
  const { candidate, embedded } = await build(work, journal);
  try {
    const { generation, golden, recall } = await checkCandidate(candidate, work);
    how.progress?.({ phase: 'verified', questions: golden.asked });
    if (how.signal?.aborted) throw new Cancelled(embedded);
    const { counts, builtAt } = generation.manifest;
    if (golden.worse.length > 0 && how.publishAnyway !== true) {
      await holdBack(indexFolder, candidate);
      const result = { outcome: 'held' as const, embedded, golden, recall, held: builtAt };
      return { result, counts, generation: stored };
    }
    const folder = await publishCandidate(indexFolder, candidate, assertHeld);
    const published = { ...movedTo(folder, generation), newest: true, rolledBack: false };
    const result = { outcome: 'published' as const, embedded, golden, recall, held: null };
    return { result, counts, generation: published };
  } catch (error) {
    await discardCandidate(candidate);
    throw error;
  }
}

async function build(
  { options, seeds, embedder, how, stored }: Work,
  journal: Journal,
): Promise<{ candidate: Candidate; embedded: number }> {
  const all = how.full && how.seed === undefined;
  const { generation, embedded } = await buildGeneration(
    seeds,
    embedder,
    all || stored === undefined ? undefined : previousOf(stored),
    { journal, progress: how.progress, signal: how.signal, anew: how.full ? how.seed : undefined },
  );
  return { candidate: await writeCandidate(options.indexFolder, generation), embedded };
}

function previousOf({ manifest, units, ...rest }: NamedGeneration): Previous {
  const { fingerprint, dimensions, chunkPolicy } = manifest;
  let firstSentence = 0;
  const seeds = manifest.seeds.map(({ id, digest, sentences }) => {
    const range = { firstSentence, endSentence: firstSentence + sentences };
    firstSentence += sentences;
    return { seed: { id, digest }, ...range };
  });
  // What another policy cut is cut anew; its texts may still be the same.
  const cutAlike = chunkPolicy === CHUNK_POLICY ? seeds : [];
  return { ...rest, fingerprint, dimensions, units: { ...units, seeds: cutAlike } };
}
