/** Keeps the `k` ids of the highest values: a heap whose first is the lowest of them. Of equals, the lower id. */
export class Best {
  readonly #k: number;
  readonly #ids: number[] = [];
  readonly #values: number[] = [];

  constructor(k: number) {
    this.#k = k;
  }

  offer(id: number, value: number): void {
    if (this.#ids.length < this.#k) {
      this.#ids.push(id);
      this.#values.push(value);
      this.#rise(this.#ids.length - 1);
    } else if (this.#k > 0 && this.#isBetter(id, value, 0)) {
      this.#ids[0] = id;
      this.#values[0] = value;
      this.#sink(0);
    }
  }

  /** Highest first. */
  ranked(): { readonly id: number; readonly value: number }[] {
    const all = this.#ids.map((id, i) => ({ id, value: this.#values[i] ?? 0 }));
    return all.sort((a, b) => b.value - a.value || a.id - b.id);
  }

  #isBetter(id: number, value: number, than: number): boolean {
    const other = this.#values[than] ?? 0;
    return value > other || (value === other && id < (this.#ids[than] ?? 0));
  }

  #rise(place: number): void {
    for (let at = place; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (this.#isBetter(this.#ids[at] ?? 0, this.#values[at] ?? 0, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #sink(place: number): void {
    for (let at = place; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let worst = at;
      for (const child of [left, right]) {
        if (
          child < this.#ids.length &&
          this.#isBetter(this.#ids[worst] ?? 0, this.#values[worst] ?? 0, child)
        ) {
          worst = child;
        }
      }
      if (worst === at) return;
      this.#swap(at, worst);
      at = worst;
    }
  }

  #swap(a: number, b: number): void {
    [this.#ids[a], this.#ids[b]] = [this.#ids[b] ?? 0, this.#ids[a] ?? 0];
    [this.#values[a], this.#values[b]] = [this.#values[b] ?? 0, this.#values[a] ?? 0];
  }
}
