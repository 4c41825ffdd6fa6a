/** Keeps the `k` ids of the highest values: a heap whose first is the lowest of them. Of equals, the lower id. */
export class Best {
  readonly #k: number;
  // Not typed arrays: those of more than some numbers lie outside the heap, which takes longer to make than to fill.
  readonly #ids: number[] = [];
  readonly #values: number[] = [];

  constructor(k: number) {
    this.#k = k;
  }

  offer(id: number, value: number): void {
    if (this.#ids.length < this.#k) {
      this.#put(this.#ids.length, id, value);
      this.#rise(this.#ids.length - 1);
    } else if (this.#k > 0 && this.#isBetter(id, value, 0)) {
      this.#put(0, id, value);
      this.#sink(0);
    }
  }

  /** Highest first. */
  ranked(): { readonly id: number; readonly value: number }[] {
    const all = this.#ids.map((id, i) => ({ id, value: this.#values[i] ?? 0 }));
    return all.sort((a, b) => b.value - a.value || a.id - b.id);
  }

  #put(place: number, id: number, value: number): void {
    this.#ids[place] = id;
    this.#values[place] = value;
  }

  #isBetter(id: number, value: number, than: number): boolean {
    const other = this.#values[than] as number;
    return value > other || (value === other && id < (this.#ids[than] as number));
  }

  /** Whether what is in one place is worse than what is in another. */
  #isWorse(place: number, than: number): boolean {
    return this.#isBetter(this.#ids[than] as number, this.#values[than] as number, place);
  }

  #rise(place: number): void {
    for (let at = place; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!this.#isWorse(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #sink(place: number): void {
    for (let at = place; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let worst = at;
      if (left < this.#ids.length && this.#isWorse(left, worst)) worst = left;
      if (right < this.#ids.length && this.#isWorse(right, worst)) worst = right;
      if (worst === at) return;
      this.#swap(at, worst);
      at = worst;
    }
  }

  #swap(a: number, b: number): void {
    const [id, value] = [this.#ids[a] as number, this.#values[a] as number];
    this.#put(a, this.#ids[b] as number, this.#values[b] as number);
    this.#put(b, id, value);
  }
}
