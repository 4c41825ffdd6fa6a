import { createHash } from 'node:crypto';
import type { Seed } from '../seeds/seed.ts';

/** Hexadecimal digits that name an article in a button or a form. */
const KEY_DIGITS = 12;

/** Names an article in a button or a form: by its id and its text, so that another one is never meant. */
export function keyOf({ id, digest }: Seed): string {
  return createHash('sha256').update(`${id}\0${digest}`).digest('hex').slice(0, KEY_DIGITS);
}

export function seedOfKey(key: string, seeds: readonly Seed[]): Seed | undefined {
  return seeds.find((seed) => keyOf(seed) === key);
}
