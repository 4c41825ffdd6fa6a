import type { IndexReport } from '../answering/library.ts';
import type { LiveLibrary } from '../answering/live-library.ts';

/** One rebuild at a time; who asks for one meanwhile gets the report of the one that runs. */
export class Rebuild {
  readonly #library: LiveLibrary;
  #running: Promise<IndexReport> | null = null;

  constructor(library: LiveLibrary) {
    this.#library = library;
  }

  get running(): boolean {
    return this.#running !== null;
  }

  /** @throws {OperatorError} for what the operator can mend; the library stays as it was then */
  run(full: boolean): Promise<IndexReport> {
    this.#running ??= this.#library.rebuild(full).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /**
   * Goes back to the generation before the one that answers; after a rebuild, if one runs.
   * @returns its name
   * @throws {OperatorError} when there is none, or it cannot answer for the articles as they are
   */
  rollback(): Promise<string> {
    return this.#library.rollback();
  }
}
