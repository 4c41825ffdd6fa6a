/**
 * Discord bans an address for a while after 10,000 requests in 10 minutes that it answers with 401, 403 or 429
 * (https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans).
 */
export const MAX_INVALID = 9000;
const WINDOW_MS = 600_000;
const INVALID = new Set([401, 403, 429]);

/** Nothing is sent for a while, lest Discord bans the address. */
export class TooManyInvalid extends Error {
  override readonly name = 'TooManyInvalid';
}

/** Counts what Discord refused, and stops all requests before it were too many. */
export class InvalidRequests {
  readonly #most: number;
  readonly #now: () => number;
  /** Times of refusals, oldest first. */
  #times: number[] = [];

  /** @param now milliseconds, never falling */
  constructor(most = MAX_INVALID, now: () => number = () => performance.now()) {
    this.#most = most;
    this.#now = now;
  }

  /** Counts an answer; a limit that many bots share is nobody's fault. */
  count(status: number, scope: string | null): void {
    if (!INVALID.has(status) || scope === 'shared') return;
    this.#times.push(this.#now());
    if (this.#times.length > 2 * this.#most) this.#times = this.#times.slice(-this.#most);
  }

  /** @throws {TooManyInvalid} while nothing may be sent */
  check(): void {
    const oldest = this.#times[this.#times.length - this.#most];
    const waitMs = oldest === undefined ? 0 : oldest + WINDOW_MS - this.#now();
    if (waitMs <= 0) return;
    const seconds = Math.ceil(waitMs / 1000);
    throw new TooManyInvalid(
      `Discord refused ${this.#most} requests in 10 minutes; none is sent for ${seconds} s`,
    );
  }
}
