/** Tells once of what happens many times in a row. */
export class Burst {
  readonly #done: () => void;
  readonly #quietMs: number;
  readonly #longestMs: number;
  #timer: NodeJS.Timeout | undefined;
  /** When it began, by the process's clock. */
  #since: number | undefined;

  /**
   * @param quietMs how long nothing may happen before it is over
   * @param longestMs what never stops is told of after this time, and counts as a new burst then
   */
  constructor(done: () => void, quietMs: number, longestMs: number) {
    this.#done = done;
    this.#quietMs = quietMs;
    this.#longestMs = longestMs;
  }

  happened(): void {
    const now = performance.now();
    this.#since ??= now;
    clearTimeout(this.#timer);
    const waitMs = Math.min(this.#quietMs, this.#since + this.#longestMs - now);
    this.#timer = setTimeout(() => {
      this.#since = undefined;
      this.#done();
    }, waitMs);
  }

  /** Tells of nothing any more. */
  close(): void {
    clearTimeout(this.#timer);
  }
}
