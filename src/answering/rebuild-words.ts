import type { GoldenAnswer, Regression } from './golden.ts';
import type { LibraryOptions } from './library.ts';
import type { RebuildProgress } from './rebuild.ts';

const MAX_QUOTE_UNITS = 90;

/** Tells the operator how far a rebuild is. */
export function reportProgress(report: LibraryOptions['report'], progress: RebuildProgress): void {
  const [line, part] = stepOf(progress);
  report(line, part);
}

/** In words, and how far that is, 0 … 1. */
function stepOf(progress: RebuildProgress): [line: string, part: number] {
  switch (progress.phase) {
    case 'read':
      return [`read ${progress.seeds} articles`, 0];
    case 'chunked':
      return [`cut into ${progress.texts} texts, ${progress.fresh} of them to embed`, 0];
    case 'embedded':
      return [`embedded ${progress.done}/${progress.all}`, progress.done / progress.all];
    case 'verified':
      return [`verified; ${progress.questions} golden questions asked`, 1];
  }
}

/** A golden question that got worse, as one line for the operator. */
export function regressionLine({ question, before, after }: Regression): string {
  return `"${question}" · before: ${answerLine(before)} · now: ${answerLine(after)}`;
}

function answerLine({ outcome, confidence, quotes: [first] }: GoldenAnswer): string {
  const quote = first === undefined ? '' : `, "${cut(first.text)}"`;
  return `${outcome} (${Math.round(100 * confidence)} %)${quote}`;
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= MAX_QUOTE_UNITS ? line : `${line.slice(0, MAX_QUOTE_UNITS)}…`;
}
