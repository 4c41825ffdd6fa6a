import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { IndexReport } from '../indexing/build.ts';
import { OperatorError } from '../operator-error.ts';
import { writeWhole } from '../seeds/durable.ts';
import { SeedError } from '../seeds/seed-error.ts';
import type { Regression } from './golden.ts';

const FILE = 'last-rebuild.json';
const MAX_REASON_UNITS = 500;

/** What a rebuild came to. */
export interface Rebuilt extends IndexReport {
  /** Held: whole, but not published because it answers golden questions worse. */
  readonly outcome: 'published' | 'unchanged' | 'held' | 'cancelled';
  readonly golden: { readonly asked: number; readonly worse: readonly Regression[] };
  /** Share of the exact scan's neighbours that the graphs find, 0 … 1; null when nothing was built. */
  readonly recall: number | null;
  /** When the index that waits for a decision was built, which tells it from others; null for none. */
  readonly held: string | null;
}

const count = z.number().int().nonnegative();
const lastRunShape = z.object({
  /** When it ended, ISO 8601, UTC. */
  at: z.iso.datetime(),
  outcome: z.enum(['published', 'unchanged', 'held', 'cancelled', 'discarded', 'failed']),
  added: count,
  updated: count,
  removed: count,
  unchanged: count,
  embedded: count,
  seconds: z.number().nonnegative(),
  /** Golden questions that were asked, and those that were answered worse than before. */
  asked: count,
  worse: count,
  /** Why it failed, in one line, or null. */
  reason: z.string().nullable(),
});
/** The last rebuild, by whichever process. */
export type LastRun = z.infer<typeof lastRunShape>;

const NOTHING = {
  added: 0,
  updated: 0,
  removed: 0,
  unchanged: 0,
  embedded: 0,
  seconds: 0,
  asked: 0,
  worse: 0,
};

/** How a rebuild that ended is remembered. */
export function lastRunOf(rebuilt: Rebuilt): LastRun {
  const { outcome, added, updated, removed, unchanged, embedded, seconds, golden } = rebuilt;
  const counts = { added, updated, removed, unchanged, embedded, seconds };
  const { asked, worse } = golden;
  return { at: now(), outcome, ...counts, asked, worse: worse.length, reason: null };
}

/** How a rebuild that failed is remembered. */
export function failedRun(error: unknown): LastRun {
  const expected = error instanceof OperatorError || error instanceof SeedError;
  const line = expected ? (error.message.split('\n')[0] ?? '') : 'a bug; see the log';
  return { at: now(), outcome: 'failed', ...NOTHING, reason: line.slice(0, MAX_REASON_UNITS) };
}

/** Remembers a rebuild; that it cannot be written down must not undo the rebuild itself. */
export async function writeLastRun(indexFolder: string, run: LastRun): Promise<void> {
  try {
    await mkdir(indexFolder, { recursive: true });
    await writeWhole(path.join(indexFolder, FILE), `${JSON.stringify(run, null, 1)}\n`);
  } catch {
    // Only /status misses it.
  }
}

/** The last rebuild of an index; null where none is known, or what was written down is damaged. */
export async function readLastRun(indexFolder: string): Promise<LastRun | null> {
  try {
    return lastRunShape.parse(JSON.parse(await readFile(path.join(indexFolder, FILE), 'utf8')));
  } catch {
    return null;
  }
}

function now(): string {
  return new Date().toISOString();
}
