import type { Rebuilt } from '../answering/last-run.ts';
import type { LiveLibrary } from '../answering/live-library.ts';
import type { RebuildHow, RebuildProgress } from '../answering/rebuild.ts';

/** A rebuild that runs. */
export interface Run {
  readonly done: Promise<Rebuilt>;
  /** The last that it said of itself. */
  readonly progress: RebuildProgress | null;
  readonly startedAt: number;
  cancel(): void;
}

/** One rebuild at a time; who asks for one meanwhile gets the report of the one that runs. */
export class Rebuild {
  readonly #library: LiveLibrary;
  #running: Run | null = null;

  constructor(library: LiveLibrary) {
    this.#library = library;
  }

  /** The one that runs, or null. */
  get current(): Run | null {
    return this.#running;
  }

  get running(): boolean {
    return this.#running !== null;
  }

  /** Begins a rebuild, or joins the one that runs. */
  start(how: Pick<RebuildHow, 'full' | 'seed'>): Run {
    if (this.#running !== null) return this.#running;
    const controller = new AbortController();
    let progress: RebuildProgress | null = null;
    const done = this.#library
      .rebuild({
        ...how,
        signal: controller.signal,
        progress: (next) => {
          progress = next;
        },
      })
      .finally(() => {
        this.#running = null;
      });
    const run: Run = {
      done,
      get progress() {
        return progress;
      },
      startedAt: performance.now(),
      cancel: () => controller.abort(),
    };
    this.#running = run;
    return run;
  }

  /** @throws {OperatorError} for what the operator can mend; the library stays as it was then */
  run(full: boolean): Promise<Rebuilt> {
    return this.start({ full }).done;
  }

  /** Lets the index answer that was held back. @returns its name; undefined when it is gone */
  publishHeld(builtAt: string): Promise<string | undefined> {
    return this.#library.publishHeld(builtAt);
  }

  /** Lets that index go. @returns whether it was there */
  discardHeld(builtAt: string): Promise<boolean> {
    return this.#library.discardHeld(builtAt);
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
