import { type FSWatcher, watch } from 'node:fs';
import { Burst } from './burst.ts';

/** An editor saves in many steps, and files are copied one after the other. */
const QUIET_MS = 1000;
const LONGEST_MS = 10_000;

/**
 * Tells of changes in a folder, a burst of them once. Names with a dot, which are no seeds, and folders inside are
 * passed over. Files that are renamed into their place are seen, for the folder is watched and not its files; a folder
 * that was itself replaced has to be watched `anew`.
 */
export class FolderWatch {
  readonly #folder: string;
  readonly #burst: Burst;
  readonly #failed: (error: Error) => void;
  #watcher: FSWatcher | undefined;

  /** @param failed takes why the folder cannot be watched, or no longer */
  constructor(folder: string, changed: () => void, failed: (error: Error) => void, quietMs = QUIET_MS) {
    this.#folder = folder;
    this.#burst = new Burst(changed, quietMs, LONGEST_MS);
    this.#failed = failed;
  }

  /** Watches the folder that has the name now. */
  anew(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    try {
      this.#watcher = watch(this.#folder, (_, name) => {
        if (!name?.startsWith('.')) this.#burst.happened();
      });
      this.#watcher.on('error', this.#failed);
    } catch (error) {
      this.#failed(error as Error);
    }
  }

  close(): void {
    this.#watcher?.close();
    this.#burst.close();
  }
}
