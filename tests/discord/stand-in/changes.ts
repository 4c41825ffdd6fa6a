/** How long a wait may last before it fails with its name, in milliseconds. */
const PATIENCE_MS = 45_000;

/** Waits that are looked at again whenever something happened, so that nobody polls. */
export class Changes {
  readonly #watchers = new Set<() => void>();
  #closed = false;

  /** Says that something happened. */
  notify(): void {
    for (const look of [...this.#watchers]) look();
  }

  /** Lets every wait still open fail. */
  close(): void {
    this.#closed = true;
    this.notify();
  }

  /**
   * The first value of `probe` that is neither false nor undefined.
   * @throws when that takes longer than `patienceMs`, or the stand-in is closed; the error names `what`.
   */
  until<T>(probe: () => T | false | undefined, what: string, patienceMs = PATIENCE_MS): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer);
        this.#watchers.delete(look);
      };
      const look = () => {
        try {
          const value = probe();
          if (value === false || value === undefined) {
            if (!this.#closed) return;
            throw new Error(`the stand-in was closed while waiting for ${what}`);
          }
          stop();
          resolve(value);
        } catch (error) {
          stop();
          reject(error);
        }
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`waited ${patienceMs} ms in vain for ${what}`));
      }, patienceMs);
      this.#watchers.add(look);
      look();
    });
  }
}
