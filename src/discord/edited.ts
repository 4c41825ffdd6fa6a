import { OperatorError } from '../operator-error.ts';
import { readDate } from '../seeds/dates.ts';
import { webAddress } from '../seeds/front-matter.ts';
import type { Seed } from '../seeds/seed.ts';
import type { SidecarChange } from '../seeds/seed-changes.ts';
import { MAX_FORM_UNITS } from './limits.ts';
import { clip } from './markdown.ts';
import type { Words } from './words/words.ts';

/** What can be edited about an article, as the form asks for it. */
export const FIELDS = ['title', 'publisher', 'updated', 'url', 'aliases'] as const;
export type Field = (typeof FIELDS)[number];

/** What a sidecar takes, in UTF-16 units; for all aliases together what a form holds. */
export const LONGEST: Readonly<Record<Field, number>> = {
  title: 300,
  publisher: 100,
  updated: 40,
  url: 2000,
  aliases: MAX_FORM_UNITS,
};
const MAX_GROUPS = 200;
const MAX_NAMES = 20;
const LONGEST_NAME = 100;

/** A field as the form shows it. */
export function shownValue(seed: Seed, field: Field): string {
  if (field === 'aliases') return seed.aliases.map((names) => names.join(' = ')).join('\n');
  return clip(seed[field] ?? '', LONGEST[field]);
}

/**
 * What was written that is not there already; an emptied field is given back to the article's own text.
 * @throws {OperatorError} naming the first field that cannot be read
 */
export function changeIn(seed: Seed, written: ReadonlyMap<Field, string>, words: Words): SidecarChange {
  const changed = [...written].flatMap(([field, value]) => {
    if (value === shownValue(seed, field)) return [];
    return [[field, value === '' ? null : read(field, value, words)]];
  });
  return Object.fromEntries(changed);
}

function read(field: Field, written: string, { changes }: Words): string | string[][] {
  switch (field) {
    case 'title':
    case 'publisher':
      return written.replace(/\s+/g, ' ');
    case 'url':
      if (webAddress(written) === null) throw new OperatorError(changes.wrongUrl(written));
      return written;
    case 'updated':
      return readMoment(written, changes.wrongDate);
    case 'aliases':
      return readAliases(written, changes.wrongAliases);
  }
}

function readMoment(written: string, wrong: (given: string) => string): string {
  const { date, time } = readDate(written.slice(0, LONGEST.updated)) ?? { date: null, time: null };
  if (date === null) throw new OperatorError(wrong(written));
  return time === null ? date : `${date}T${time}`;
}

function readAliases(written: string, wrong: (given: string) => string): string[][] {
  const lines = written.split('\n').filter((line) => line.trim() !== '');
  const groups = lines.map((line) => {
    const names = line.split('=').map((name) => name.trim());
    const good = names.every((name) => name !== '' && name.length <= LONGEST_NAME);
    if (!good || names.length < 2 || names.length > MAX_NAMES) throw new OperatorError(wrong(line));
    return names;
  });
  if (groups.length > MAX_GROUPS) throw new OperatorError(wrong(lines[MAX_GROUPS] ?? ''));
  return groups;
}
