import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { digestFile } from './file-digest.ts';

/** A file up to this size is read and compared at every start; it takes milliseconds. */
const ALWAYS_READ_BYTES = 16 * 1024 * 1024;
/** A file that changed so shortly ago may change again within the same tick of the file system's clock. */
const SETTLED_MS = 2000;
const STATES_FILE = 'checked.json';

/**
 * Compares the files of a folder with their digests. A big file is read for it once: as long as its size, its times
 * and its inode are as they were then, it is what it was.
 */
export class CheckedFiles {
  readonly #folder: string;
  readonly #before: Readonly<Record<string, unknown>>;
  readonly #now: Record<string, string> = {};

  private constructor(folder: string, before: Readonly<Record<string, unknown>>) {
    this.#folder = folder;
    this.#before = before;
  }

  /** States that cannot be read are none: every file is read then. */
  static async open(folder: string): Promise<CheckedFiles> {
    const states = await readFile(path.join(folder, STATES_FILE), 'utf8')
      .then((text) => JSON.parse(text) as unknown)
      .catch(() => null);
    return new CheckedFiles(folder, typeof states === 'object' && states !== null ? { ...states } : {});
  }

  /** Whether a file is what its digest says. @throws when it cannot be read */
  async isWhole(name: string, digest: string | undefined): Promise<boolean> {
    const file = path.join(this.#folder, name);
    const { size, mtimeMs, ctimeMs, ino } = await stat(file);
    const state = `${digest} ${size} ${mtimeMs} ${ctimeMs} ${ino}`;
    if (size > ALWAYS_READ_BYTES && this.#before[name] === state) {
      this.#now[name] = state;
      return true;
    }
    const whole = (await digestFile(file)).whole === digest;
    if (whole && size > ALWAYS_READ_BYTES && Date.now() - ctimeMs > SETTLED_MS) this.#now[name] = state;
    return whole;
  }

  /** Remembers what was found whole; a folder that cannot be written is read again next time. */
  async remember(): Promise<void> {
    const names = Object.keys(this.#now);
    if (names.every((name) => this.#before[name] === this.#now[name])) return;
    const temporary = path.join(this.#folder, `.${STATES_FILE}.${process.pid}`);
    await writeFile(temporary, JSON.stringify(this.#now))
      .then(() => rename(temporary, path.join(this.#folder, STATES_FILE)))
      .catch(() => undefined);
  }
}
