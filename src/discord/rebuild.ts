import { embedSeeds } from '../answering/embed-seeds.ts';
import type { IndexReport, Library, LibraryOptions } from '../answering/library.ts';
import { openLibrary } from '../answering/open-library.ts';

/** One rebuild at a time; who asks for one meanwhile gets the report of the one that runs. */
export class Rebuild {
  readonly #options: LibraryOptions;
  readonly #swap: (library: Library) => void;
  #running: Promise<IndexReport> | null = null;

  /** @param swap takes the library that answers from then on */
  constructor(options: LibraryOptions, swap: (library: Library) => void) {
    this.#options = options;
    this.#swap = swap;
  }

  get running(): boolean {
    return this.#running !== null;
  }

  /** @throws {OperatorError} for what the operator can mend; the library stays as it was then */
  run(full: boolean): Promise<IndexReport> {
    this.#running ??= this.#build(full).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #build(full: boolean): Promise<IndexReport> {
    const report = await embedSeeds({ ...this.#options, full });
    this.#swap(await openLibrary(this.#options));
    return report;
  }
}
