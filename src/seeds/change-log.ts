import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { OperatorError } from '../operator-error.ts';
import { printable } from './seed-error.ts';

/** Beside the seeds, which pass over names with a dot. */
export const CHANGE_LOG = '.changes.log';

/** One change of the seeds. */
export interface Change {
  readonly what: 'added' | 'removed' | 'restored' | 'edited';
  /** Id of the seed. */
  readonly seed: string;
  /** Who did it: a Discord user's id. */
  readonly by: string;
  /** SHA-256 of the article's bytes. */
  readonly digest: string;
  /** Which of the sidecar's keys were set or taken out. */
  readonly keys?: readonly string[];
}

/**
 * Writes one line of JSON about a change, and makes the change then: there is none without its line. One that fails
 * gets a second line, with `failed` for its reason.
 * @throws {OperatorError} when the log cannot be written, and nothing is changed then; what `make` throws travels
 */
export async function logged(folder: string, change: Change, make: () => Promise<void>): Promise<Change> {
  const file = path.join(folder, CHANGE_LOG);
  try {
    await append(file, change);
  } catch (cause) {
    const reason = printable((cause as Error).message);
    throw new OperatorError(`${printable(file)}: cannot be written (${reason}); mend that first`, { cause });
  }
  try {
    await make();
  } catch (error) {
    const failed = printable((error as Error).message);
    // What went wrong matters more than that it could not be written down.
    await append(file, { ...change, failed }).catch(() => undefined);
    throw error;
  }
  return change;
}

async function append(file: string, entry: Change & { readonly failed?: string }): Promise<void> {
  const { what, seed, by, digest, keys, failed } = entry;
  const at = new Date().toISOString();
  const line = { at, what, seed, by, digest, ...(keys && { keys }), ...(failed !== undefined && { failed }) };
  const log = await open(file, 'a+', 0o600);
  try {
    await log.appendFile(`${(await isTorn(log)) ? '\n' : ''}${JSON.stringify(line)}\n`);
    await log.sync();
  } finally {
    await log.close();
  }
}

/** Whether the last line has no end, as a crash leaves it. */
async function isTorn(log: FileHandle): Promise<boolean> {
  const { size } = await log.stat();
  if (size === 0) return false;
  const { buffer } = await log.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString() !== '\n';
}
