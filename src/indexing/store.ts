import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { lock } from 'proper-lockfile';
import { OperatorError } from '../operator-error.ts';
import {
  DamagedGeneration,
  flush,
  type Generation,
  readGeneration,
  type StoredGeneration,
  writeGeneration,
} from './generation.ts';

/** Generations that are kept, the one that answers included. */
const KEPT_GENERATIONS = 3;
/** A writer that has not touched its lock for so long is dead. */
const STALE_LOCK_MS = 30_000;
const NAME = /^\d{6}$/;
const TEMPORARY = /^\.\d{6}\.\d+$/;

/** A generation of the index folder, by name. */
export interface NamedGeneration extends StoredGeneration {
  readonly name: string;
}

/**
 * Reads the newest whole generation.
 * @param report takes a line for each generation that had to be passed over
 * @returns undefined when there is none
 */
export async function readNewest(
  indexFolder: string,
  report: (line: string) => void,
): Promise<NamedGeneration | undefined> {
  for (const name of (await generationNames(indexFolder)).reverse()) {
    const folder = path.join(indexFolder, 'generations', name);
    try {
      return { name, ...(await readGeneration(folder)) };
    } catch (error) {
      if (!(error instanceof DamagedGeneration)) throw error;
      report(`index: generation ${name} in ${indexFolder} is damaged (${error.message}); it is passed over`);
    }
  }
  return undefined;
}

/**
 * Writes a generation beside the others under the next name, and drops the oldest. Until the final rename nothing
 * that is read has changed.
 * @throws {OperatorError} when the folder cannot be written
 */
export async function publish(indexFolder: string, generation: Generation): Promise<string> {
  const folder = path.join(indexFolder, 'generations');
  const names = await generationNames(indexFolder);
  const name = String(Number(names.at(-1) ?? 0) + 1).padStart(6, '0');
  const temporary = path.join(folder, `.${name}.${process.pid}`);
  try {
    await writeGeneration(temporary, generation);
    await rename(temporary, path.join(folder, name));
    await flush(folder);
    const old = names.slice(0, Math.max(0, names.length + 1 - KEPT_GENERATIONS));
    const left = (await readdir(folder)).filter((entry) => TEMPORARY.test(entry));
    for (const entry of [...old, ...left])
      await rm(path.join(folder, entry), { recursive: true, force: true });
    return name;
  } catch (error) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    throw unwritable(indexFolder, error);
  }
}

/**
 * Lets one process at a time build in a folder.
 * @throws {OperatorError} when another one does, or the folder cannot be written
 */
export async function withWriteLock<T>(indexFolder: string, build: () => Promise<T>): Promise<T> {
  const folder = path.join(indexFolder, 'generations');
  let release: () => Promise<void>;
  try {
    await mkdir(folder, { recursive: true });
    release = await lock(folder, {
      stale: STALE_LOCK_MS,
      retries: { retries: 120, factor: 1, minTimeout: 500, maxTimeout: 500 },
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw unwritable(indexFolder, error);
    throw new OperatorError(
      `index: another process is building in ${indexFolder}; wait for it, then run again`,
      {
        cause: error,
      },
    );
  }
  try {
    return await build();
  } finally {
    await release();
  }
}

/** Oldest first. */
async function generationNames(indexFolder: string): Promise<string[]> {
  try {
    const names = await readdir(path.join(indexFolder, 'generations'));
    return names.filter((name) => NAME.test(name)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new OperatorError(
      `index: cannot read ${indexFolder} (${(error as Error).message}); mend its permissions or name another with --index`,
      { cause: error },
    );
  }
}

function unwritable(indexFolder: string, error: unknown): OperatorError {
  const reason = (error as Error).message;
  return new OperatorError(
    `index: cannot write ${indexFolder} (${reason}); free space, mend its permissions, or name another with --index`,
    { cause: error },
  );
}
