import { randomBytes } from 'node:crypto';
import type { Rebuilt } from '../answering/last-run.ts';
import type { LiveLibrary } from '../answering/live-library.ts';
import type { RebuildHow, RebuildProgress } from '../answering/rebuild.ts';

/** The last that a rebuild said of each of its steps. */
export type Steps = {
  readonly [Phase in RebuildProgress['phase']]?: Extract<RebuildProgress, { phase: Phase }>;
};

/** A rebuild that runs. */
export class Run {
  /** Tells it from earlier ones, in the button that cancels it. */
  readonly id = randomBytes(4).toString('hex');
  readonly done: Promise<Rebuilt>;
  #steps: Steps = {};
  #embeddingSince = 0;
  readonly #cancelled = new AbortController();

  constructor(library: LiveLibrary, how: Pick<RebuildHow, 'full' | 'seed'>) {
    const progress = (step: RebuildProgress) => this.#note(step);
    this.done = library.rebuild({ ...how, progress, signal: this.#cancelled.signal });
  }

  get steps(): Steps {
    return this.#steps;
  }

  /** Until everything is embedded, at the pace so far; null where that cannot be said. */
  get secondsLeft(): number | null {
    const { embedded } = this.#steps;
    if (embedded === undefined || embedded.done === embedded.all) return null;
    const seconds = (performance.now() - this.#embeddingSince) / 1000;
    return (seconds / embedded.done) * (embedded.all - embedded.done);
  }

  /** Ends it before it publishes anything, within a batch. */
  cancel(): void {
    this.#cancelled.abort();
  }

  #note(step: RebuildProgress): void {
    if (step.phase === 'chunked') this.#embeddingSince = performance.now();
    this.#steps = { ...this.#steps, [step.phase]: step };
  }
}

/** One rebuild at a time; who asks for one meanwhile joins the one that runs. */
export class Rebuild {
  readonly #library: LiveLibrary;
  #run: Run | null = null;

  constructor(library: LiveLibrary) {
    this.#library = library;
  }

  /** The one that runs, or null. */
  get current(): Run | null {
    return this.#run;
  }

  get running(): boolean {
    return this.#run !== null;
  }

  /** Begins a rebuild, or joins the one that runs. Its `done` rejects with what the operator can mend. */
  start(how: Pick<RebuildHow, 'full' | 'seed'>): Run {
    if (this.#run !== null) return this.#run;
    const run = new Run(this.#library, how);
    this.#run = run;
    const over = () => {
      this.#run = null;
    };
    run.done.then(over, over);
    return run;
  }

  /** @throws {OperatorError} for what the operator can mend; the library stays as it was then */
  run(full: boolean): Promise<Rebuilt> {
    return this.start({ full }).done;
  }

  /** Waits for the one that runs, however it ends: it may have read the articles before they changed. */
  async settled(): Promise<void> {
    await this.#run?.done.catch(() => undefined);
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
