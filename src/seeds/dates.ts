/** A date as a text says it. */
export interface WrittenDate {
  /** `YYYY-MM-DD`; null when day and month cannot be told apart, or no year is given. */
  readonly date: string | null;
  /** `HH:MM`, 24 hours, as written: a time zone is not applied. */
  readonly time: string | null;
  /** What the line says besides, in lower case, without the date and the time. */
  readonly rest: string;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const GAP = '[\\s.,/-]{1,3}';
// Each pattern is a fixed sequence of bounded parts, and is tried on one short line only.
const YEAR_FIRST = /\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?=t\d|\D|$)/;
const NUMBERS_ONLY = /\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b/;
const DAY_FIRST = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?${GAP}${MONTH}${GAP}(\\d{4})\\b`);
const MONTH_FIRST = new RegExp(`\\b${MONTH}${GAP}(\\d{1,2})(?:st|nd|rd|th)?${GAP}(\\d{4})\\b`);
const NO_YEAR = new RegExp(`\\b(?:${MONTH}${GAP}\\d{1,2}|\\d{1,2}${GAP}${MONTH})\\b`);
const CLOCK = /(?:\bt)?(\d{1,2})[:.](\d{2})(?::\d{2}(?:\.\d{1,6})?)?(?:\s?([ap])\.?m\b\.?)?/;
const HOUR_ONLY = /\b(\d{1,2})\s?([ap])\.?m\b\.?/;

/**
 * Finds the one date of a short line, and a time beside it.
 * @param line at most a few hundred characters
 * @returns null when the line has neither a date nor a time, or one that no calendar or clock has
 */
export function readDate(line: string): WrittenDate | null {
  const words = line.toLowerCase();
  const day = readDay(words);
  if (day === undefined) return null;
  const afterDay = day ? words.replace(day.written, ' ') : words;
  const time = readTime(afterDay);
  if (time === undefined || (!day && !time)) return null;
  const rest = time ? afterDay.replace(time.written, ' ') : afterDay;
  return { date: day?.date ?? null, time: time?.time ?? null, rest: rest.trim() };
}

/** Whether `value` is `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM` and stands in the calendar. */
export function isNormalDate(value: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})(?:T([01]\d|2[0-3]):[0-5]\d)?$/.exec(value);
  return parts !== null && calendarDate(Number(parts[1]), Number(parts[2]), Number(parts[3])) !== null;
}

/** @returns null when there is no day, undefined when there is one that no calendar has */
function readDay(words: string): { date: string | null; written: string } | null | undefined {
  let found = YEAR_FIRST.exec(words);
  if (found) return known(found[0], Number(found[1]), Number(found[2]), Number(found[3]));
  found = DAY_FIRST.exec(words);
  if (found) return known(found[0], Number(found[3]), monthNumber(found[2]), Number(found[1]));
  found = MONTH_FIRST.exec(words);
  if (found) return known(found[0], Number(found[3]), monthNumber(found[1]), Number(found[2]));
  found = NUMBERS_ONLY.exec(words);
  if (found) return dayOrMonthFirst(found[0], Number(found[1]), Number(found[2]), Number(found[3]));
  found = NO_YEAR.exec(words);
  return found ? { date: null, written: found[0] } : null;
}

function known(written: string, year: number, month: number, day: number) {
  const date = calendarDate(year, month, day);
  return date === null ? undefined : { date, written };
}

/** `17/09/2018` and `09/17/2018` are one day; `03/04/2018` is two, so it gets no date. */
function dayOrMonthFirst(written: string, first: number, second: number, year: number) {
  const dates = [calendarDate(year, second, first), calendarDate(year, first, second)];
  const possible = new Set(dates.filter((date) => date !== null));
  if (possible.size === 0) return undefined;
  const [date] = possible;
  return { date: possible.size === 1 && date ? date : null, written };
}

function calendarDate(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real && year >= 1000 ? date.toISOString().slice(0, 10) : null;
}

function monthNumber(name: string | undefined): number {
  return MONTHS.indexOf((name ?? '').slice(0, 3)) + 1;
}

/** @returns null when there is no time, undefined when there is one that no clock shows */
function readTime(words: string): { time: string; written: string } | null | undefined {
  const clock = CLOCK.exec(words);
  const found = clock ?? HOUR_ONLY.exec(words);
  if (!found) return null;
  const half = clock ? found[3] : found[2];
  const hour = Number(found[1]);
  const minute = clock ? Number(found[2]) : 0;
  if (minute > 59 || hour > 23 || (half && (hour < 1 || hour > 12))) return undefined;
  const hours = half ? (hour % 12) + (half === 'p' ? 12 : 0) : hour;
  return { time: `${pad(hours)}:${pad(minute)}`, written: found[0] };
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
