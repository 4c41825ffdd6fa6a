import type { Quote } from '../../answering/answer.ts';
import type { Seed, SeedMetadata, Span } from '../../seeds/seed.ts';
import { markOf } from '../custom-ids.ts';
import { MAX_LINK_UNITS } from '../limits.ts';
import { blockQuote, clip, inert } from '../markdown.ts';
import { button, type Part, section, text } from '../page.ts';
import type { Words } from '../words/words.ts';

/** Longest title and outlet in a citation, in UTF-16 units; they are no quotes and may be cut. */
const MAX_TITLE_UNITS = 120;
const MAX_OUTLET_UNITS = 60;

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

/** A quote as it is shown everywhere: the quote, its citation, and a button for its context. */
export function quoteBlock(
  place: Place,
  seed: Seed | undefined,
  number: number,
  words: Words,
  bold: Span | null = null,
): QuoteBlock {
  const citation = citationOf(place, number, words);
  const span = bold && { start: bold.start - place.start, end: bold.end - place.start };
  const context = seed && button({ does: 'context', seed: markOf(seed), span: place }, words.context);
  return {
    at: number,
    parts: [text(blockQuote(place.text, span)), context ? section(citation, context) : text(citation)],
    plain: `[${number}] ${plainCitation(place, words)}\n\n${place.text}\n`,
  };
}

/** `[1] Title · Outlet · 2018-09-17 12:09 · ¶7 · caption · source` */
function citationOf(place: Place, number: number, words: Words): string {
  const link = linkOf(place.url);
  const parts = [
    `${inert(`[${number}]`)} ${sourceLine(place)}`,
    `¶${place.paragraph}`,
    words.kinds[place.kind],
    link === null ? '' : `[${words.link}](${link})`,
  ];
  return `-# ${parts.filter(Boolean).join(' · ')}`;
}

/** Title, outlet and date, inert and on one line. */
export function sourceLine({ title, publisher, updated }: Omit<Source, 'url'>): string {
  const parts = [
    clip(title, MAX_TITLE_UNITS),
    clip(publisher ?? '', MAX_OUTLET_UNITS),
    updated?.replace('T', ' '),
  ];
  return parts
    .filter(Boolean)
    .map((part) => inert(part ?? ''))
    .join(' · ');
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
