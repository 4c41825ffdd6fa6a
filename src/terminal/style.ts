import pc from 'picocolors';
import type { Span } from '../seeds/seed.ts';
import { inert, wrapLines } from './wrap.ts';

/** Longer lines are hard to read. */
const MAX_COLUMNS = 100;
const MIN_COLUMNS = 20;
/** Stands before every line of a quote and before nothing else: no quote can pose as a citation. */
const QUOTE_BAR = '  │ ';

type Paint = (text: string) => string;

/** How a stream wants its text. */
export interface Style {
  readonly colours: ReturnType<typeof pc.createColors>;
  /** Columns of a line at most. */
  readonly columns: number;
}

/** Colour only on a terminal that wants it (`NO_COLOR`). */
export function styleOf({ isTTY, columns }: { readonly isTTY?: boolean; readonly columns?: number }): Style {
  return {
    colours: pc.createColors(isTTY === true && pc.isColorSupported),
    columns: Math.max(MIN_COLUMNS, Math.min(columns ?? MAX_COLUMNS, MAX_COLUMNS)),
  };
}

/** How a text is set out: what stands before its lines, and which parts are painted. */
export interface Setting {
  /** Before the first line. */
  readonly first?: string;
  /** Before the others; by default as wide as `first`. */
  readonly rest?: string;
  /** In order, apart from each other. */
  readonly marks?: readonly Span[];
  readonly mark?: Paint;
  /** Paints what is not marked. */
  readonly paint?: Paint;
}

/** Sets a text of unknown origin into lines, its words unchanged. */
export function setText(text: string, style: Style, setting: Setting = {}): string[] {
  const { first = '', rest = ' '.repeat(first.length), marks = [], mark = String, paint = String } = setting;
  return wrapLines(text, style.columns - first.length).map((line, number) => {
    let painted = number === 0 ? first : rest;
    let at = line.start;
    for (const { start, end } of marks) {
      const from = Math.max(at, start);
      const to = Math.min(line.end, end);
      if (from >= to) continue;
      if (at < from) painted += paint(inert(text.slice(at, from)));
      painted += mark(inert(text.slice(from, to)));
      at = to;
    }
    return at < line.end ? painted + paint(inert(text.slice(at, line.end))) : painted;
  });
}

/** Sets words of an article behind a bar. */
export function setQuote(text: string, style: Style, marks: readonly Span[] = []): string[] {
  const bar = style.colours.dim(QUOTE_BAR);
  const inner = { ...style, columns: style.columns - QUOTE_BAR.length };
  return setText(text, inner, { marks, mark: style.colours.bold }).map((line) => bar + line);
}
