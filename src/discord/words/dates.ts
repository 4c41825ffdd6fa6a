const NO_BREAK = '\u00a0';

/** Writes the day of a date (`2018-09-17` or `2018-09-17T12:09`) as readers of `locale` do, on one line. */
export function dateIn(locale: string): (date: string) => string {
  const format = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: locale === 'en' ? 'short' : 'numeric',
    day: 'numeric',
    timeZone: 'UTC',
  });
  return (date) => format.format(new Date(`${date.slice(0, 10)}T00:00:00Z`)).replaceAll(' ', NO_BREAK);
}

/** A moment (ISO 8601) that Discord shows in each reader's own language and time zone. */
export function moment(iso: string): string {
  return `<t:${Math.floor(Date.parse(iso) / 1000)}:f>`;
}
