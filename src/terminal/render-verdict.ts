import type { Place } from '../answering/place.ts';
import type { Altered, Exact, Verdict } from '../answering/verify.ts';
import type { DiffPart } from '../answering/word-diff.ts';
import type { Span } from '../seeds/seed.ts';
import { setCitation } from './render.ts';
import { type Style, setQuote, setText } from './style.ts';

/** More places or changes say nothing more. */
const MOST_SHOWN = 5;

/** Whether a claimed quote stands in the articles, and where, or what is different. */
export function renderVerdict(verdict: Verdict, style: Style): string {
  const { yellow, red } = style.colours;
  switch (verdict.verdict) {
    case 'exact':
      return renderExact(verdict, style).join('\n');
    case 'altered':
      return [red('Altered: the article says it otherwise.'), '', ...renderDiff(verdict, style)].join('\n');
    case 'stitched':
      return [
        yellow('Stitched: the pieces are in the articles, but not together.'),
        ...verdict.pieces.flatMap((piece, i) => ['', ...renderPlace(piece, `[${i + 1}]`, style)]),
      ].join('\n');
    case 'absent':
      return red('Absent: nothing in the articles is near it.');
  }
}

function renderExact({ places, omission }: Exact, style: Style): string[] {
  const { green, yellow } = style.colours;
  const times = places.length === 1 ? '' : `, ${places.length} times`;
  const more = places.length > MOST_SHOWN ? `; the first ${MOST_SHOWN}` : '';
  const [first] = places;
  const marks = omission?.map(({ start, end }) => shifted({ start, end }, first?.start ?? 0)) ?? [];
  return [
    omission === null
      ? green(`Exact: it stands in the articles${times}${more}.`)
      : yellow('Exact but abridged; in full:'),
    ...places
      .slice(0, MOST_SHOWN)
      .flatMap((place, i) => ['', ...renderPlace(place, `[${i + 1}]`, style, i === 0 ? marks : [])]),
    ...(omission === null
      ? []
      : leftOut(omission).flatMap((gap) => setText(gap, style, { first: '  left out: ' }))),
  ];
}

function shifted({ start, end }: Span, by: number): Span {
  return { start: start - by, end: end - by };
}

/** The words between the parts of an abridged quote. */
function leftOut(parts: readonly Place[]): string[] {
  return parts
    .slice(1)
    .map(({ seed, start }, i) => seed.text.slice(parts[i]?.end ?? start, start).trim())
    .filter((words) => words !== '');
}

function renderPlace({ seed, ...place }: Place, label: string, style: Style, marks: readonly Span[] = []) {
  const words = seed.text.slice(place.start, place.end);
  return [...setQuote(words, style, marks), ...setCitation({ ...seed, ...place }, style, label)];
}

/** The article's words after `-` and the claim's after `+`, then what was changed. */
function renderDiff({ parts, changes, place }: Altered, style: Style): string[] {
  const { red, green } = style.colours;
  const article = without('added', parts);
  const claim = without('removed', parts);
  // Marks alone are plain to see in the two lines above.
  const told = changes.filter(({ from, to }) => /[\p{L}\p{N}]/u.test(from + to));
  return [
    ...setText(article.text, style, { first: '  - ', marks: article.marks, mark: red }),
    ...setText(claim.text, style, { first: '  + ', marks: claim.marks, mark: green }),
    ...setCitation({ ...place.seed, ...place }, style, '[1]'),
    ...(told.length > 0 ? [''] : []),
    ...told
      .slice(0, MOST_SHOWN)
      .flatMap(({ from, to }) => setText(describeChange(from, to), style, { first: '  ' })),
    ...(told.length > MOST_SHOWN ? [`  and ${told.length - MOST_SHOWN} more changes`] : []),
  ];
}

function describeChange(from: string, to: string): string {
  if (from === '') return `added: ${to}`;
  return to === '' ? `left out: ${from}` : `${from} → ${to}`;
}

/** One side of a diff, and where it differs from the other. */
function without(kind: DiffPart['kind'], parts: readonly DiffPart[]): { text: string; marks: Span[] } {
  const marks: Span[] = [];
  let text = '';
  let lostGap = false;
  for (const part of parts) {
    if (part.kind === kind) {
      lostGap ||= /^\s/.test(part.text);
      continue;
    }
    // A part holds the gap before it, which a word after a part of the other side then lacks.
    if (lostGap && text !== '' && /^[\p{L}\p{N}]/u.test(part.text)) text += ' ';
    lostGap = false;
    if (part.kind !== 'same') marks.push({ start: text.length, end: text.length + part.text.length });
    text += part.text;
  }
  return { text, marks };
}
