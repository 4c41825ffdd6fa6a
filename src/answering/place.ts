import type { BlockKind, Seed, Span } from '../seeds/seed.ts';

/** Where words stand: what is shown is `seed.text.slice(start, end)`, and it lies within one block. */
export interface Place extends Span {
  readonly seed: Seed;
  /** The number after `¶`, from 1. */
  readonly paragraph: number;
  readonly kind: BlockKind;
}
