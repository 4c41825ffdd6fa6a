import type { Words } from './en.ts';
import { en } from './en.ts';

export type { Words };

/** The words of a Discord locale such as `ko` or `en-GB`; English where there are none. */
export function wordsFor(locale: string): Words {
  return BY_LOCALE[locale] ?? en;
}

const BY_LOCALE: Readonly<Record<string, Words>> = {};
