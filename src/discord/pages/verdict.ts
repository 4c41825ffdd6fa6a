import type { Altered, Exact, Stitched, Verdict } from '../../answering/verify.ts';
import type { Seed, Span } from '../../seeds/seed.ts';
import { clip, inert } from '../markdown.ts';
import { COLOUR, line, type Page, type Part, page, text } from '../page.ts';
import { SUBTEXT } from '../previous.ts';
import type { Words } from '../words/words.ts';
import type { AnswerView } from './answer.ts';
import { withQuotes } from './quote-page.ts';
import { placeIn, type QuoteBlock, quoteBlock } from './quotes.ts';

/** Places shown of a verdict; the others are counted. */
const SHOWN_PLACES = 5;
const SHOWN_CHANGES = 8;
const MAX_CHANGE_UNITS = 120;
const MAX_CLAIM_UNITS = 300;
/** A longer comparison is not written out; its changes are listed. */
const MAX_REDLINE_UNITS = 900;

type View = Pick<AnswerView, 'words' | 'mayAttach'>;

/** Whether a claimed quote stands in the articles, and where or how it differs. */
export function verdictPage(claim: string, verdict: Verdict, view: View): Page {
  const claimed = text(`${SUBTEXT}“${inert(clip(claim, MAX_CLAIM_UNITS))}”`);
  const { words } = view;
  switch (verdict.verdict) {
    case 'exact':
      return withQuotes(
        COLOUR.answered,
        [...exactHead(verdict, words), claimed, line()],
        placesOf(verdict.places, words),
        [],
        view,
      );
    case 'altered':
      return withQuotes(
        COLOUR.related,
        alteredHead(verdict, claimed, words),
        placesOf([verdict.place], words),
        [],
        view,
      );
    case 'stitched':
      return withQuotes(
        COLOUR.related,
        stitchedHead(verdict, claimed, words),
        placesOf(verdict.pieces, words),
        [],
        view,
      );
    case 'absent':
      return page(COLOUR.absent, [text(`### ∅ ${words.verdictAbsent}`), claimed]);
  }
}

function exactHead({ places, omission }: Exact, words: Words): Part[] {
  const title = `### ✓ ${words.verdictExact(places.length)}`;
  return [text(omission === null ? title : `${title}\n${words.verdictOmission}`)];
}

/** The claim with what is not in the article struck out, and what it leaves out of it in bold. */
function alteredHead({ parts, changes }: Altered, claimed: Part, words: Words): Part[] {
  const title = text(`### ✗ ${words.verdictAltered}`);
  const redline = claimFirst(parts).map(redlined).join('');
  return parts.length > 0 && redline.length <= MAX_REDLINE_UNITS
    ? [title, text(`${redline}\n${SUBTEXT}${words.redline}`), line()]
    : [title, claimed, ...changesIn(changes, words), line()];
}

/** What the claim says stands before what the article says in its place. */
function claimFirst(parts: Altered['parts']): Altered['parts'] {
  return parts.map((part, index) => {
    const [before, next] = [parts[index - 1], parts[index + 1]];
    if (part.kind === 'removed' && next?.kind === 'added') return next;
    return part.kind === 'added' && before?.kind === 'removed' ? before : part;
  });
}

function redlined({ kind, text: part }: Altered['parts'][number]): string {
  const words = part.replace(/\s+/g, ' ');
  const core = words.trim();
  const before = words.startsWith(' ') ? ' ' : '';
  const after = core !== '' && words.endsWith(' ') ? ' ' : '';
  if (core === '' || kind === 'same') return `${before}${inert(core)}${after}`;
  const mark = kind === 'added' ? '~~' : '**';
  return `${before}${mark}${inert(core)}${mark}${after}`;
}

function changesIn(changes: Altered['changes'], words: Words): Part[] {
  const told = changes
    .filter(({ from, to }) => Math.max(from.length, to.length) <= MAX_CHANGE_UNITS)
    .slice(0, SHOWN_CHANGES)
    .map(({ from, to }) => `- ${changeIn({ from: inert(from), to: inert(to) }, words)}`);
  const more = changes.length - told.length;
  const lines = [...told, ...(more > 0 ? [`- ${words.moreChanges(more)}`] : [])];
  return lines.length > 0 ? [text(lines.join('\n'))] : [];
}

function changeIn({ from, to }: { from: string; to: string }, words: Words): string {
  if (from === '') return words.putIn(to);
  return to === '' ? words.leftOut(from) : words.changed(from, to);
}

function stitchedHead({ pieces }: Stitched, claimed: Part, words: Words): Part[] {
  const more = pieces.length - SHOWN_PLACES;
  const title = `### ✗ ${words.verdictStitched}`;
  return [text(more > 0 ? `${title}\n${SUBTEXT}${words.firstShown(SHOWN_PLACES)}` : title), claimed, line()];
}

type PlaceOfVerdict = Exact['places'][number];

function placesOf(places: readonly PlaceOfVerdict[], words: Words): QuoteBlock[] {
  return places.slice(0, SHOWN_PLACES).map((place, index) => {
    const { seed }: { seed: Seed } & Span = place;
    return quoteBlock(placeIn(seed, place), seed, index + 1, words);
  });
}
