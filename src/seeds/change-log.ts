import { open } from 'node:fs/promises';
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
 * Makes a change and writes one line of JSON about it. Nothing is changed when the log cannot be opened.
 * @param change makes it, and says what it was
 * @throws {OperatorError} when the log cannot be written; what `change` throws travels, and is not in the log
 */
export async function logged<T extends Change>(folder: string, change: () => Promise<T>): Promise<T> {
  const file = path.join(folder, CHANGE_LOG);
  const unwritable = (cause: unknown) =>
    new OperatorError(
      `${printable(file)}: cannot be written (${(cause as Error).message}); mend that first`,
      {
        cause,
      },
    );
  const log = await open(file, 'a', 0o600).catch((cause: unknown) => {
    throw unwritable(cause);
  });
  try {
    const made = await change();
    const { what, seed, by, digest, keys } = made;
    const line = { at: new Date().toISOString(), what, seed, by, digest, ...(keys && { keys }) };
    try {
      await log.appendFile(`${JSON.stringify(line)}\n`);
      await log.sync();
    } catch (cause) {
      throw unwritable(cause);
    }
    return made;
  } finally {
    await log.close();
  }
}
