import type { Quote } from '../../answering/answer.ts';
import type { Seed, SeedMetadata, Span } from '../../seeds/seed.ts';
import { markOf } from '../custom-ids.ts';
import { MAX_LINK_UNITS } from '../limits.ts';
import { blockQuote, clip, inert } from '../markdown.ts';
import { button, type Part, section, text } from '../page.ts';
import { SUBTEXT } from '../previous.ts';
import type { Words } from '../words/words.ts';

/** Longest title and outlet in a citation, in UTF-16 units; they are no quotes and may be cut. */
const MAX_TITLE_UNITS = 120;
const MAX_OUTLET_UNITS = 60;

/** Between the parts of a line; a line that breaks there ends with the dot. */
export const DOT = '\u00a0· ';

/** A quote in a page: its parts, and what stands in the attached file when it does not fit. */
export interface QuoteBlock {
  /** Where it stands among the others; blocks may be offered in another order, the most needed first. */
  readonly at: number;
  readonly parts: readonly Part[];
  readonly plain: string;
}

type Cited = SeedMetadata & Pick<Quote, 'path' | 'text' | 'start' | 'end' | 'paragraph' | 'kind'>;
type Source = Pick<SeedMetadata, 'title' | 'publisher' | 'updated' | 'url'>;

/** What a citation needs to know of a place. */
export interface Place extends Span, Source, Pick<Quote, 'path' | 'text' | 'paragraph' | 'kind'> {}

/** A span of a seed as a place. */
export function placeIn(seed: Seed, span: Span & Pick<Cited, 'paragraph' | 'kind'>): Place {
  const { title, publisher, updated, url, path } = seed;
  const { start, end, paragraph, kind } = span;
  return {
    title,
    publisher,
    updated,
    url,
    path,
    start,
    end,
    paragraph,
    kind,
    text: seed.text.slice(start, end),
  };
}

/**
 * A quote as it is shown everywhere: the quote, its citation, and a button for its context.
 * @param bold offsets in the seed's text; @param above Markdown of lines that stand right above the quote
 */
export function quoteBlock(
  place: Place,
  seed: Seed | undefined,
  number: number,
  words: Words,
  { bold = null, above = '' }: { readonly bold?: Span | null; readonly above?: string } = {},
): QuoteBlock {
  const citation = citationOf(place, number, words);
  const span = bold && { start: bold.start - place.start, end: bold.end - place.start };
  const context = seed && button({ does: 'context', seed: markOf(seed), span: place }, words.context);
  return {
    at: number,
    parts: [
      text(`${above === '' ? '' : `${above}\n`}${blockQuote(place.text, span)}`),
      context ? section(citation, context) : text(citation),
    ],
    plain: `[${number}] ${plainCitation(place, words)}\n\n${place.text}\n`,
  };
}

/** `[1] Title · Outlet · Sep 17, 2018 · ¶7 · caption · source` */
function citationOf(place: Place, number: number, words: Words): string {
  const link = linkOf(place.url);
  const parts = [
    `${inert(`[${number}]`)} ${sourceLine(place, words)}\u00a0·\u00a0¶${place.paragraph}`,
    words.kinds[place.kind],
    link === null ? '' : `[${words.link}](${link})`,
  ];
  return `${SUBTEXT}${parts.filter(Boolean).join(DOT)}`;
}

/** Title, outlet and date, inert and on one line. */
export function sourceLine(source: Omit<Source, 'url'>, words: Words): string {
  return [titleOf(source), outletAndDate(source, words)].filter(Boolean).join(DOT);
}

/** The title of a source, inert and on one line. */
export function titleOf({ title }: Pick<Source, 'title'>): string {
  return inert(clip(title, MAX_TITLE_UNITS));
}

/** Outlet and date, inert; empty where neither is known. */
export function outletAndDate(
  { publisher, updated }: Pick<Source, 'publisher' | 'updated'>,
  words: Words,
): string {
  const outlet = inert(clip(publisher ?? '', MAX_OUTLET_UNITS));
  return [outlet, updated === null ? '' : words.date(updated)].filter(Boolean).join(DOT);
}

function plainCitation(place: Place, words: Words): string {
  const parts = [
    clip(place.title, MAX_TITLE_UNITS),
    clip(place.publisher ?? '', MAX_OUTLET_UNITS),
    place.updated?.replace('T', ' '),
    `¶${place.paragraph}`,
    words.kinds[place.kind],
    `${place.path} ${place.start}–${place.end}`,
  ];
  return parts.filter(Boolean).join(' · ');
}

/** An address that cannot break out of a Markdown link; null for none, or one that is not for the web. */
function linkOf(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  const safe = href.replace(/[()<>\\*_~`|]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  return safe.length > MAX_LINK_UNITS ? null : safe;
}
