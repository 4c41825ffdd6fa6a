import type { FoundMetadata } from './classify.ts';
import { readDate } from './dates.ts';
import type { Line } from './lines.ts';

/** The metadata between `---` lines at the head of a Markdown file. */
export interface FrontMatter extends FoundMetadata {
  readonly url: string | null;
  /** How many of the file's lines that are not blank belong to it; 0 when there is none. */
  readonly lines: number;
}

const MOST_LINES = 200;
const LONGEST_VALUE = 2_000;
const TITLE_KEYS = ['title', 'headline'];
const PUBLISHER_KEYS = ['publisher', 'outlet', 'source', 'site', 'site_name'];
const DATE_KEYS = ['updated', 'modified', 'lastmod', 'date', 'published'];
const URL_KEYS = ['url', 'link', 'canonical', 'canonical_url', 'source_url'];

/** Reads `key: value` lines only; nested values, lists and folded texts are passed over. */
export function readFrontMatter(text: string, lines: readonly Line[]): FrontMatter {
  const none = { lines: 0, title: null, publisher: null, updated: null, url: null };
  if (!lines[0] || text.slice(lines[0].start, lines[0].end) !== '---') return none;
  const values = new Map<string, string>();
  let keys = 0;
  for (const [index, line] of lines.slice(1, MOST_LINES).entries()) {
    const words = text.slice(line.start, Math.min(line.end, line.start + LONGEST_VALUE));
    if (words === '---' || words === '...') return keys === 0 ? none : { ...found(values), lines: index + 2 };
    const pair = /^([\p{L}\w-]{1,60})\s?:(?:\s(.*))?$/u.exec(words);
    if (!pair && line.indent === 0 && !/^[-#\]}]/.test(words)) return none;
    if (!pair?.[1] || line.indent > 0) continue;
    keys += 1;
    const value = scalar((pair[2] ?? '').trim());
    if (value !== '') values.set(pair[1].toLowerCase(), value);
  }
  return none;
}

function found(values: ReadonlyMap<string, string>): FoundMetadata & { url: string | null } {
  const first = (keys: readonly string[]): string | null => {
    const key = keys.find((one) => values.has(one));
    return key === undefined ? null : (values.get(key) ?? null);
  };
  return {
    title: first(TITLE_KEYS),
    publisher: first(PUBLISHER_KEYS),
    updated: normalDate(first(DATE_KEYS)),
    url: webAddress(first(URL_KEYS)),
  };
}

/** A plain or quoted YAML scalar on one line; '' for anything else. */
function scalar(value: string): string {
  if (/^[|>[{&*!]/.test(value)) return '';
  const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(value)?.[1] ?? /^'([^']*(?:''[^']*)*)'/.exec(value)?.[1];
  if (quoted !== undefined)
    return quoted
      .replaceAll("''", "'")
      .replace(/\\(["\\/])/g, '$1')
      .trim();
  const comment = value.search(/\s#/);
  return (comment < 0 ? value : value.slice(0, comment)).trim();
}

function normalDate(value: string | null): string | null {
  const read = value === null || value.length > 100 ? null : readDate(value);
  if (!read?.date) return null;
  return read.time ? `${read.date}T${read.time}` : read.date;
}

/** `value` when it is an http(s) address, else null. */
export function webAddress(value: string | null): string | null {
  if (value === null || !URL.canParse(value)) return null;
  return ['http:', 'https:'].includes(new URL(value).protocol) ? value : null;
}
