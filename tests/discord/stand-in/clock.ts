/** Milliseconds since 1970, as `Date.now` gives them. */
export type Now = () => number;

/** The first millisecond of 2015, from which Discord counts its snowflakes. */
const DISCORD_EPOCH_MS = 1_420_070_400_000n;
const OLD_TIMES_MS = Date.UTC(2018, 8, 17);

/** Time that runs as `now` says and can be put forward, so that a test need not wait 15 minutes. */
export class Clock {
  readonly #now: Now;
  #aheadMs = 0;
  #last = 0n;
  #things = 0;

  constructor(now: Now) {
    this.#now = now;
  }

  now(): number {
    return this.#now() + this.#aheadMs;
  }

  /** Puts the stand-in's time forward by `ms` milliseconds. */
  advance(ms: number): void {
    this.#aheadMs += ms;
  }

  /** The present as `2026-01-31T12:00:00.000Z`. */
  iso(): string {
    return new Date(this.now()).toISOString();
  }

  /** A fresh id for something that happens now: a message, an interaction. Ids always rise. */
  snowflake(): string {
    const timed = (BigInt(this.now()) - DISCORD_EPOCH_MS) << 22n;
    this.#last = timed > this.#last ? timed : this.#last + 1n;
    return String(this.#last);
  }

  /**
   * A fresh id for something that stood before: a user, a server, a channel. Each falls in a millisecond
   * of its own, so that servers are spread over shards, which go by `(id >> 22) % shards`.
   */
  oldSnowflake(): string {
    this.#things += 1;
    return String((BigInt(OLD_TIMES_MS + this.#things) - DISCORD_EPOCH_MS) << 22n);
  }
}
