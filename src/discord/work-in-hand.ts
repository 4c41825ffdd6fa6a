/** Counts what is being answered, so that the bot can leave when all of it is. */
export class WorkInHand {
  readonly #running = new Set<Promise<void>>();
  #stopping = false;
  #done = 0;

  /** Whether nothing new is begun any more. */
  get stopping(): boolean {
    return this.#stopping;
  }

  get running(): number {
    return this.#running.size;
  }

  get done(): number {
    return this.#done;
  }

  /** Takes a piece of work that handles its own errors. */
  add(work: Promise<void>): void {
    const counted = work.finally(() => {
      this.#running.delete(counted);
      this.#done += 1;
    });
    this.#running.add(counted);
  }

  /** Begins nothing new, and resolves when what was begun is done. */
  async finish(): Promise<void> {
    this.#stopping = true;
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }
}
