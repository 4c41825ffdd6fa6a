/** Remembered at a time. */
const MAX_REMEMBERED = 5000;

/** Ids that were heard of, so that what Discord sends twice is answered once. */
export class Seen {
  readonly #ids = new Set<string>();

  /** Whether this is the first time. */
  take(id: string): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    const [oldest] = this.#ids;
    if (this.#ids.size > MAX_REMEMBERED && oldest !== undefined) this.#ids.delete(oldest);
    return true;
  }
}
