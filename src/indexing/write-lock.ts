import fs, { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import type { LockOptions } from 'proper-lockfile';
import { OperatorError } from '../operator-error.ts';
import { unwritable } from './unwritable.ts';

/** A writer on another machine that has not touched its lock for so long is dead. */
const STALE_LOCK_MS = 30_000;
/** Longer than that, so that a dead writer is waited out. */
const LOCK_PATIENCE = { retries: 120, factor: 1, minTimeout: 500, maxTimeout: 500 };

/**
 * Lets one process at a time write in an index folder.
 * @param report takes a line when another one does, and is waited for
 * @param write calls what it is given right before its last step: it throws when the lock was lost meanwhile
 * @throws {OperatorError} when another one goes on writing, or the folder cannot be written
 */
export async function withWriteLock<T>(
  indexFolder: string,
  report: (line: string) => void,
  write: (assertHeld: () => void) => Promise<T>,
): Promise<T> {
  const folder = path.join(indexFolder, 'generations');
  let lost = false;
  const { made, ...files } = lockFiles();
  const options: LockOptions = {
    stale: STALE_LOCK_MS,
    onCompromised: () => {
      lost = true;
    },
    fs: files,
  };
  /** Ctrl-C while locking would leave a lock that nobody holds. */
  const unlockAtExit = () => {
    for (const name of made) removeLock(name);
  };
  process.on('exit', unlockAtExit);
  try {
    const release = await acquire(indexFolder, folder, options, report);
    try {
      return await write(() => {
        if (!lost) return;
        throw new OperatorError(
          `index: this process stood still and another one builds in ${indexFolder} now; run again after it`,
        );
      });
    } finally {
      if (!lost) await release();
    }
  } finally {
    process.off('exit', unlockAtExit);
  }
}

async function acquire(
  indexFolder: string,
  folder: string,
  options: LockOptions,
  report: (line: string) => void,
): Promise<() => Promise<void>> {
  // Most starts write nothing.
  const { lock } = await import('proper-lockfile');
  try {
    await mkdir(folder, { recursive: true });
    if (isOwnerDead(`${folder}.lock`)) removeLock(`${folder}.lock`);
    return await lock(folder, options);
  } catch (error) {
    if (!isLocked(error)) throw unwritable(indexFolder, error);
  }
  report(`index: another process is building in ${indexFolder}; waiting for it`);
  try {
    return await lock(folder, { ...options, retries: LOCK_PATIENCE });
  } catch (cause) {
    if (!isLocked(cause)) throw unwritable(indexFolder, cause);
    throw new OperatorError(
      `index: another process is building in ${indexFolder}; wait for it, then run again`,
      { cause },
    );
  }
}

function isLocked(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ELOCKED';
}

/** The file system as proper-lockfile takes it, which remembers the folders that it has made and not removed. */
function lockFiles() {
  const made = new Set<string>();
  return {
    ...fs,
    made,
    mkdir(name: string, done: (error: unknown) => void) {
      try {
        mkdirSync(name);
        made.add(name);
        writeFileSync(ownerOf(name), JSON.stringify({ pid: process.pid, host: hostname() }));
      } catch (error) {
        if (made.delete(name)) removeLock(name);
        return done(error);
      }
      done(null);
    },
    rmdir(name: string, done: (error: unknown) => void) {
      made.delete(name);
      try {
        removeLock(name);
      } catch (error) {
        return done(error);
      }
      done(null);
    },
  };
}

/** Names the process that holds a lock, for as long as it does. */
function ownerOf(lockFolder: string): string {
  return `${lockFolder}.owner`;
}

function removeLock(lockFolder: string): void {
  rmSync(ownerOf(lockFolder), { force: true });
  rmSync(lockFolder, { recursive: true, force: true });
}

/** Whether the lock's owner was a process of this machine and is no more. */
function isOwnerDead(lockFolder: string): boolean {
  try {
    const { pid, host } = JSON.parse(readFileSync(ownerOf(lockFolder), 'utf8'));
    return host === hostname() && !process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
