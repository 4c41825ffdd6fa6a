import { readDate } from './dates.ts';
import { outletLikeness } from './outlets.ts';

/** What a line beside the headline says of the article. */
export interface Dateline {
  /** `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`. */
  readonly updated: string | null;
  /** Whether the line says so itself: `updated`, `published` …; a bare date does not. */
  readonly announced: boolean;
  /** Whether `updated` is a change rather than the first publication. */
  readonly revised: boolean;
  readonly publisher: string | null;
}

const LONGEST_DATELINE = 160;
const LONGEST_BYLINE = 100;
const SEPARATOR = /\s?[|•·]\s?|\s\/\s/;
const REVISED = /\b(?:updated|modified|revised)\b/;
const ANNOUNCED = /\b(?:updated|modified|revised|published|posted|issued|created|date)\b/;
const NEXT_ANNOUNCEMENT =
  /(?<!\b(?:last|first))[\s,;(-]{1,3}(?=(?:last |first )?(?:updated|modified|published|posted)\b)/i;
const AGO = /\b(?:\d{1,3}|an?|one) (?:second|minute|min|hour|hr|day|week|month|year)s? ago\b/;
const FILLER = new Set(
  `updated modified revised published posted issued created date last first release publication on at of as the
  mon monday tue tues tuesday wed weds wednesday thu thur thurs thursday fri friday sat saturday sun sunday
  gmt utc z est edt et pst pdt pt cst cdt ct mst mdt bst cet cest eet ist jst kst hkt sgt aest aedt aet local
  beijing time hrs hours`.split(/\s+/),
);

/**
 * Reads a line that is nothing but when, and perhaps where and by whom, the article was published.
 * @returns null for any line with other words in it
 */
export function readDateline(line: string): Dateline | null {
  if (line.length > LONGEST_DATELINE) return null;
  const parts = line.split(SEPARATOR).filter((part) => part.trim() !== '');
  const dated = parts.map((part) => readDatePart(part.trim()));
  if (!dated.some((part) => part?.day)) return null;
  let publisher: string | null = null;
  for (const [index, part] of parts.entries()) {
    if (dated[index]) continue;
    const name = part.trim();
    if (/^\d{1,3} min(?:ute)?s? read$/i.test(name)) continue;
    const byline = readByline(name);
    if (!byline && outletLikeness(name) === 0) return null;
    publisher ??= byline ? byline.publisher : name;
  }
  const found = latest(dated.filter((part) => part !== null));
  return found.announced || standsAlone(line) ? { ...found, publisher } : null;
}

/** A date without an announcement may be the rest of a sentence: `on 10 September 2011.` is. */
function standsAlone(line: string): boolean {
  return !/^\p{Ll}/u.test(line) && (!line.endsWith('.') || /[ap]\.m\.$/i.test(line));
}

interface DatePart {
  /** Whether it names a day (or how long ago), not a time alone. */
  readonly day: boolean;
  readonly date: string | null;
  readonly time: string | null;
  readonly announced: boolean;
  readonly revised: boolean;
}

/** One part between separators; of two announcements in it the revision counts. */
function readDatePart(part: string): DatePart | null {
  const read = part
    .split(NEXT_ANNOUNCEMENT)
    .filter((piece) => piece !== '')
    .map(readOneDate);
  if (read.some((one) => one === null)) return null;
  const ones = read.filter((one) => one !== null);
  return ones.find(({ revised }) => revised) ?? ones[0] ?? null;
}

function readOneDate(words: string): DatePart | null {
  const lower = words.toLowerCase();
  const announced = ANNOUNCED.test(lower);
  const revised = REVISED.test(lower);
  if (announced && AGO.test(lower)) {
    return isFiller(lower.replace(AGO, ' '))
      ? { day: true, date: null, time: null, announced, revised }
      : null;
  }
  const read = readDate(words);
  if (!read || !isFiller(read.rest)) return null;
  return { day: read.date !== null || announced, date: read.date, time: read.time, announced, revised };
}

function isFiller(rest: string): boolean {
  const words = rest.match(/\p{L}+/gu) ?? [];
  const numbersLeft = /\d/.test(rest.replace(/(?:utc|gmt)?\s?[+-]\d{1,2}:?(?:\d{2})?/, ''));
  return !numbersLeft && words.every((word) => FILLER.has(word));
}

function latest(parts: readonly DatePart[]): Omit<Dateline, 'publisher'> {
  const chosen = parts.find((part) => part.revised && part.date) ?? parts.find((part) => part.date);
  const announced = parts.some((part) => part.announced);
  if (!chosen?.date) return { updated: null, announced, revised: false };
  const time = chosen.time ?? parts.find((part) => !part.day)?.time ?? null;
  return { updated: time ? `${chosen.date}T${time}` : chosen.date, announced, revised: chosen.revised };
}

const NAME_WORD =
  /^(?:\p{Lu}[\p{L}\p{M}.'’-]{0,30},?|and|&|in|at|for|with|of|the|de|da|van|von|bin|al|el),?$/u;

/** `By Jane Doe, Reuters`: names only; the outlet is taken only where it cannot be a place or a person. */
export function readByline(line: string): { readonly publisher: string | null } | null {
  if (line.length > LONGEST_BYLINE || !/^by\s+\S/i.test(line) || /[.!?:;]$/.test(line)) return null;
  const words = line.split(/\s+/).slice(1);
  if (words.length > 14 || !words.every((word) => NAME_WORD.test(word))) return null;
  if (!/^\p{Lu}/u.test(words[0] ?? '')) return null;
  const comma = line.lastIndexOf(',');
  const outlet = comma < 0 ? '' : line.slice(comma + 1).trim();
  return { publisher: outletLikeness(outlet) === 2 ? outlet : null };
}

/** `BERLIN, May 3 (AP) —` alone on its line. */
export function readWireDateline(line: string): { readonly publisher: string } | null {
  if (line.length > LONGEST_BYLINE) return null;
  const wire = /^(\p{Lu}{2}[^()]{0,60})\((\p{Lu}[^()\d]{1,30})\)\s?[—–-]{1,2}$/u.exec(line);
  const publisher = wire?.[2]?.trim();
  return publisher ? { publisher } : null;
}
