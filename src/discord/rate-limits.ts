/** At most `most` in any `windowMs`. */
export interface Rate {
  readonly most: number;
  readonly windowMs: number;
}

export const USER_RATE: Rate = { most: 10, windowMs: 30_000 };
export const SERVER_RATE: Rate = { most: 120, windowMs: 60_000 };
/** Past so many users and servers the ones heard of longest ago are forgotten. */
const MAX_REMEMBERED = 20_000;

/** How long to wait, and because of whom. */
export interface Wait {
  readonly whose: 'user' | 'server';
  /** Milliseconds until the next question is taken; above 0. */
  readonly ms: number;
}

/** Takes a question, or says how long to wait. */
export interface Rates {
  take(user: string, server: string | null): Wait | null | Promise<Wait | null>;
}

/** Sliding windows a user and a server, in memory only. Refused questions do not count. */
export class RateLimits implements Rates {
  readonly #users = new Windows(USER_RATE);
  readonly #servers = new Windows(SERVER_RATE);
  readonly #now: () => number;

  /** @param now milliseconds, never falling */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Takes a question, or says how long to wait. `server` is null in direct messages. */
  take(user: string, server: string | null): Wait | null {
    const now = this.#now();
    const userMs = this.#users.waitMs(user, now);
    if (userMs > 0) return { whose: 'user', ms: userMs };
    const serverMs = server === null ? 0 : this.#servers.waitMs(server, now);
    if (serverMs > 0) return { whose: 'server', ms: serverMs };
    this.#users.count(user, now);
    if (server !== null) this.#servers.count(server, now);
    return null;
  }
}

class Windows {
  readonly #rate: Rate;
  /** Times of the last questions, oldest first; keys in the order of their last question. */
  readonly #times = new Map<string, number[]>();

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  waitMs(key: string, now: number): number {
    const recent = this.#recent(key, now);
    const oldest = recent[recent.length - this.#rate.most];
    return oldest === undefined ? 0 : oldest + this.#rate.windowMs - now;
  }

  count(key: string, now: number): void {
    const times = [...this.#recent(key, now), now];
    this.#times.delete(key);
    this.#times.set(key, times);
    const [first] = this.#times.keys();
    if (this.#times.size > MAX_REMEMBERED && first !== undefined) this.#times.delete(first);
  }

  #recent(key: string, now: number): number[] {
    return (this.#times.get(key) ?? []).filter((time) => time + this.#rate.windowMs > now);
  }
}
