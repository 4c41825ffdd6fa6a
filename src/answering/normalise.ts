import type { Span } from '../seeds/seed.ts';

/**
 * A text without what typesetting changes: case, width forms, kinds of quotation mark and dash, the spelling
 * of an ellipsis, runs of white space, invisible characters, and the marks with which Markdown and Discord set
 * words in bold, italics and the like or a line as a quotation. Two texts that differ in nothing else have the
 * same `text`.
 */
export interface Normalised {
  readonly text: string;
  /** For each UTF-16 unit of `text`, where the source character that it came from starts in the source. */
  readonly starts: Int32Array;
  /** The same for its end, exclusive. */
  readonly ends: Int32Array;
}

/** Stands between two spans in a normalised text, and nowhere else. */
export const SPAN_BREAK = '\n';

/** Offset of what comes from no source character. */
const NOWHERE = -1;

/** What is written so far, one entry a UTF-16 unit. */
interface Draft {
  readonly units: string[];
  readonly starts: number[];
  readonly ends: number[];
}

/** A character and its combining marks; the bound keeps hostile stacks of marks from costing anything. */
const CLUSTER = /.\p{M}{0,16}/suy;
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/gu;
const SPACE = /^[\s\p{Cc}]/u;
const DASH = /^[\p{Pd}−]/u;
const DOUBLE_QUOTE = /^["“”„‟«»〝〞＂″]/u;
const SINGLE_QUOTE = /^['`‘’‚‛‹›ʼ´＇′]/u;
/** Ten squared is not 102, and a trade mark is not two letters: these keep their compatibility forms. */
const KEEPS_ITS_FORM = /^(?![\uFF00-\uFFEF])[\p{No}\p{Lm}\p{S}]/u;
const DIGIT = /\p{Nd}/u;
/** What may be emphasis; at the start of a line, what may mark it as quoted. */
const EMPHASIS = /[*_]{1,3}|~~|\|\|/y;
const QUOTED_LINE = />(?:>>)?[^\S\n]/y;
const WORD_CHARACTER = /[\p{L}\p{M}\p{N}]/u;
const FIRST_MARK = 0x300;
const MAY_MARK: ReadonlySet<number> = new Set([...'*_~|>'].map((mark) => mark.charCodeAt(0)));

/**
 * @param spans what is normalised, in the order of `text`; the parts are joined by `SPAN_BREAK`
 */
export function normalise(
  text: string,
  spans: readonly Span[] = [{ start: 0, end: text.length }],
): Normalised {
  const draft: Draft = { units: [], starts: [], ends: [] };
  const folded = new Map<string, string>();
  for (const [index, span] of spans.entries()) {
    if (index > 0) push(draft, SPAN_BREAK, NOWHERE, NOWHERE);
    appendSpan(draft, text, span, folded);
    if (draft.units.at(-1) === ' ') removeAt(draft, draft.units.length - 1);
  }
  return {
    text: draft.units.join(''),
    starts: Int32Array.from(draft.starts),
    ends: Int32Array.from(draft.ends),
  };
}

function appendSpan(draft: Draft, text: string, span: Span, folded: Map<string, string>): void {
  let at = span.start;
  while (at < span.end) {
    const code = text.charCodeAt(at);
    const marked = MAY_MARK.has(code) ? endOfMark(text, at, span) : at;
    if (marked > at) {
      at = marked;
      continue;
    }
    if (code < 128 && (at + 1 >= span.end || text.charCodeAt(at + 1) < FIRST_MARK)) {
      append(draft, foldAscii(text, at, code), at, at + 1);
      at += 1;
      continue;
    }
    CLUSTER.lastIndex = at;
    const cluster = (CLUSTER.exec(text)?.[0] ?? text.charAt(at)).slice(0, span.end - at);
    let units = folded.get(cluster);
    if (units === undefined) {
      units = foldCluster(cluster);
      folded.set(cluster, units);
    }
    for (const unit of units.split('')) append(draft, unit, at, at + cluster.length);
    at += cluster.length;
  }
}

/**
 * Where a mark of emphasis or quotation that begins at `at` ends; `at` when it is none. Emphasis touches a word on one
 * side only: "5*3" and "2 * 3" are sums, and `snake_case` is a word.
 */
function endOfMark(text: string, at: number, span: Span): number {
  const before = at > span.start ? text.charAt(at - 1) : '\n';
  if (before === '\n') {
    QUOTED_LINE.lastIndex = at;
    const quoted = QUOTED_LINE.exec(text)?.[0].length ?? 0;
    if (quoted > 0) return Math.min(at + quoted, span.end);
  }
  EMPHASIS.lastIndex = at;
  const end = at + (EMPHASIS.exec(text)?.[0].length ?? 0);
  const after = end < span.end ? text.charAt(end) : '\n';
  const isInside = WORD_CHARACTER.test(before) && WORD_CHARACTER.test(after);
  const isApart = SPACE.test(before) && SPACE.test(after);
  return isInside || isApart ? at : Math.min(end, span.end);
}

function foldAscii(text: string, at: number, code: number): string {
  if (code <= 32 || code === 127) return ' ';
  if (code >= 65 && code <= 90) return String.fromCharCode(code + 32);
  return code === 96 ? "'" : text.charAt(at);
}

function foldCluster(cluster: string): string {
  const visible = cluster.replace(IGNORABLE, '');
  if (visible === '') return '';
  if (SPACE.test(visible)) return ' ';
  if (DASH.test(visible)) return '-';
  if (DOUBLE_QUOTE.test(visible)) return '"';
  if (SINGLE_QUOTE.test(visible)) return "'";
  const decomposed = visible.normalize(KEEPS_ITS_FORM.test(visible) ? 'NFD' : 'NFKD');
  // Upper case first, so that ς meets Σ and ß meets SS.
  return decomposed.toUpperCase().toLowerCase();
}

/** Adds one unit; white space, dashes, quotation marks and full stops depend on what stands before them. */
function append(draft: Draft, unit: string, start: number, end: number): void {
  if (unit === ' ') appendSpace(draft, start, end);
  else if (unit === '-') appendDash(draft, start, end);
  else if (unit === '"' || unit === "'") appendQuote(draft, unit, start, end);
  else if (unit === '.') appendStop(draft, start, end);
  else push(draft, unit, start, end);
}

/** One space for a run; none at the edges of a span, around a dash or around an ellipsis. */
function appendSpace(draft: Draft, start: number, end: number): void {
  const last = draft.units.at(-1) ?? SPAN_BREAK;
  if (last === SPAN_BREAK || last === ' ' || last === '-' || endsInEllipsis(draft)) return;
  push(draft, ' ', start, end);
}

/** All dashes are one, however many and however spaced: `a -- b` and `a—b` are typed for each other. */
function appendDash(draft: Draft, start: number, end: number): void {
  if (draft.units.at(-1) === ' ') removeAt(draft, draft.units.length - 1);
  if (draft.units.at(-1) === '-') stretch(draft, end);
  else push(draft, '-', start, end);
}

/**
 * Single and double marks are one, since quoting a quote swaps them; but after a digit they stay apart:
 * 5' is not 5".
 */
function appendQuote(draft: Draft, unit: string, start: number, end: number): void {
  const last = draft.units.at(-1) ?? '';
  if (last === "'" || last === '"') stretch(draft, end);
  else push(draft, DIGIT.test(last) ? unit : "'", start, end);
}

/** Three full stops or more, spaced or not, are one ellipsis. */
function appendStop(draft: Draft, start: number, end: number): void {
  const { units } = draft;
  if (endsInEllipsis(draft)) {
    stretch(draft, end);
    return;
  }
  if (units.at(-1) === ' ' && units.at(-2) === '.') removeAt(draft, units.length - 1);
  push(draft, '.', start, end);
  if (endsInEllipsis(draft) && units.at(-4) === ' ') removeAt(draft, units.length - 4);
}

function endsInEllipsis({ units }: Draft): boolean {
  return units.at(-1) === '.' && units.at(-2) === '.' && units.at(-3) === '.';
}

function push(draft: Draft, unit: string, start: number, end: number): void {
  draft.units.push(unit);
  draft.starts.push(start);
  draft.ends.push(end);
}

function stretch(draft: Draft, end: number): void {
  draft.ends[draft.ends.length - 1] = end;
}

function removeAt(draft: Draft, index: number): void {
  draft.units.splice(index, 1);
  draft.starts.splice(index, 1);
  draft.ends.splice(index, 1);
}
