import type { Logger } from 'pino';

/** Messages remembered; past so many the oldest is forgotten. */
const MAX_REMEMBERED = 500;

/** Writes what may repeat at most once in a while; the next line says how often it was left out. */
export class Repeats {
  readonly #log: Logger;
  readonly #everyMs: number;
  readonly #now: () => number;
  readonly #told = new Map<string, { readonly at: number; leftOut: number }>();

  /** @param now milliseconds, never falling */
  constructor(log: Logger, everyMs: number, now: () => number = () => performance.now()) {
    this.#log = log;
    this.#everyMs = everyMs;
    this.#now = now;
  }

  /** @param about tells messages of the same words apart, such as a code; it is not logged */
  tell(level: 'info' | 'warn' | 'error', fields: object, message: string, about: string | number = ''): void {
    const key = `${message} ${about}`;
    const last = this.#told.get(key);
    if (last !== undefined && this.#now() - last.at < this.#everyMs) {
      last.leftOut += 1;
      return;
    }
    this.#told.delete(key);
    this.#told.set(key, { at: this.#now(), leftOut: 0 });
    const [oldest] = this.#told.keys();
    if (this.#told.size > MAX_REMEMBERED && oldest !== undefined) this.#told.delete(oldest);
    const leftOut = last?.leftOut ?? 0;
    this.#log[level]({ ...fields, ...(leftOut > 0 && { leftOut }) }, message);
  }
}
