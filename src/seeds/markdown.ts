import { lineKind } from './classify.ts';
import { hasNoWords } from './line-shapes.ts';
import { endsSentence, type Line, type Piece, trimSpan } from './lines.ts';
import {
  type Containers,
  closesFence,
  containersOf,
  imagesOf,
  isMarkupOnly,
  openFence,
} from './markdown-lines.ts';

/** Nobody wraps so late: in a file with such lines, each line that ends a sentence is a paragraph. */
const LONGEST_WRAPPED_LINE = 160;
const LONGEST_SETEXT_HEADING = 200;

interface OpenBlock {
  start: number;
  end: number;
  readonly kind: 'prose' | 'body';
  readonly depth: number;
  readonly afterBlank: boolean;
  /** The last line's own text, without what stands around it. */
  lastLine: string;
}

interface Cutter {
  readonly text: string;
  readonly pieces: Piece[];
  open: OpenBlock | null;
  /** The fence whose end is looked for, and where its code starts and ends so far. */
  fence: { readonly mark: string; start: number; end: number } | null;
  inTable: boolean;
  /** Whether the file's lines are too long to be wrapped. */
  readonly lineIsParagraph: boolean;
  /** Where the last HTML comment ends. */
  commentEnd: number;
  /** Whether no `-->` is left: an open `<!--` is then text, and the end is not looked for again. */
  noMoreComments: boolean;
}

/**
 * Cuts Markdown into headings, paragraphs, list items, quotes, code, table rows and images. Marks of
 * structure lie in no piece; marks inside a paragraph stay in it.
 * @param lines the file's lines after its front matter
 */
export function cutMarkdown(text: string, lines: readonly Line[]): Piece[] {
  const cutter: Cutter = {
    text,
    pieces: [],
    open: null,
    fence: null,
    inTable: false,
    lineIsParagraph: lines.some(({ start, end }) => end - start > LONGEST_WRAPPED_LINE),
    commentEnd: 0,
    noMoreComments: false,
  };
  for (const [index, line] of lines.entries()) {
    if (cutter.fence) readCode(cutter, line);
    else readLine(cutter, line, lines[index + 1]);
  }
  closeFence(cutter);
  close(cutter);
  return cutter.pieces;
}

function readLine(cutter: Cutter, line: Line, next: Line | undefined): void {
  const { text } = cutter;
  if (line.afterBlank) {
    close(cutter);
    cutter.inTable = false;
  }
  const inside = containersOf(text, line, cutter.open?.kind === 'prose');
  const start = afterComments(cutter, inside.start, line.end);
  if (start >= line.end) {
    close(cutter);
    return;
  }
  const words = text.slice(start, line.end);
  if (readHeading(cutter, words, start, line)) return;
  if (readSpecial(cutter, words, start, line)) return;
  const delimiter = next ? text.slice(next.start, Math.min(next.end, next.start + 1_000)) : '';
  if (readTableRow(cutter, words, start, line, delimiter)) return;
  readProse(cutter, words, start, line, inside);
}

/** Where a line's words start behind HTML comments, which may have begun on an earlier line. */
function afterComments(cutter: Cutter, from: number, end: number): number {
  const { text } = cutter;
  let start = from;
  if (cutter.commentEnd > start) start = trimSpan(text, Math.min(cutter.commentEnd, end), end).start;
  while (start < end && !cutter.noMoreComments && text.startsWith('<!--', start)) {
    const closing = text.indexOf('-->', start + 4);
    if (closing < 0) {
      cutter.noMoreComments = true;
    } else {
      close(cutter);
      cutter.commentEnd = closing + 3;
      start = trimSpan(text, Math.min(cutter.commentEnd, end), end).start;
    }
  }
  return start;
}

/** `# Heading`, or the underline that makes a heading of the paragraph before it. */
function readHeading(cutter: Cutter, words: string, start: number, line: Line): boolean {
  const { open, text } = cutter;
  if (open?.kind === 'prose' && open.depth === 0 && /^(?:=+|-+)$/.test(words) && isSetext(text, open)) {
    const level = words.startsWith('=') ? 1 : 2;
    cutter.pieces.push({ ...spanOf(open), kind: 'headline', level, afterBlank: open.afterBlank });
    cutter.open = null;
    return true;
  }
  const marks = /^#{1,6}(?=\s|$)/.exec(words)?.[0];
  if (!marks) return false;
  close(cutter);
  const heading = trimSpan(text, start + marks.length, line.end);
  const closed = trimSpan(text, heading.start, withoutClosingMarks(text, heading.start, heading.end));
  if (closed.start < closed.end && !hasNoWords(text.slice(closed.start, closed.end))) {
    cutter.pieces.push({ ...closed, kind: 'headline', level: marks.length, afterBlank: line.afterBlank });
  }
  return true;
}

/** A long paragraph or a sentence over `---` is prose over a rule that lacks its blank line. */
function isSetext(text: string, open: OpenBlock): boolean {
  const words = text.slice(open.start, Math.min(open.end, open.start + LONGEST_SETEXT_HEADING + 1));
  return words.length <= LONGEST_SETEXT_HEADING && !words.endsWith('.') && !hasNoWords(words);
}

function withoutClosingMarks(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && text[last - 1] === '#') last -= 1;
  return last === start || /\s/.test(text[last - 1] ?? '') ? last : end;
}

/** Fences, images, and lines of nothing but markup. */
function readSpecial(cutter: Cutter, words: string, start: number, line: Line): boolean {
  const { text } = cutter;
  const mark = openFence(words);
  if (mark) {
    close(cutter);
    cutter.fence = { mark, start: -1, end: -1 };
    return true;
  }
  const images = imagesOf(words);
  if (images === null && !isMarkupOnly(words)) return false;
  close(cutter);
  for (const image of images ?? []) {
    const span = trimSpan(text, start + image.start, start + image.end);
    if (span.start < span.end && !hasNoWords(text.slice(span.start, span.end))) {
      cutter.pieces.push({ ...span, kind: 'caption', level: 0, afterBlank: line.afterBlank });
    }
  }
  return true;
}

/** Each row of a table is a block of its own; the row of dashes is not one. */
function readTableRow(cutter: Cutter, words: string, start: number, line: Line, delimiter: string): boolean {
  const opens = words.startsWith('|') || (/^[\s|:-]{3,}$/.test(delimiter) && delimiter.includes('|'));
  const isRow = words.includes('|') && (cutter.inTable || opens);
  cutter.inTable = isRow;
  if (!isRow) return false;
  close(cutter);
  if (!hasNoWords(words)) {
    cutter.pieces.push({ start, end: line.end, kind: 'body', level: 0, afterBlank: line.afterBlank });
  }
  return true;
}

function readProse(cutter: Cutter, words: string, start: number, line: Line, inside: Containers): void {
  const { open } = cutter;
  if (open && !inside.item && inside.depth <= open.depth && continues(open, words, cutter.lineIsParagraph)) {
    open.end = line.end;
    open.lastLine = words;
    return;
  }
  close(cutter);
  const kind = inside.item || inside.depth > 0 ? 'body' : 'prose';
  const { end, afterBlank } = line;
  cutter.open = { start, end, kind, depth: inside.depth, afterBlank, lastLine: words };
}

/** Lines of a pasted page stay apart: datelines, captions, whole paragraphs on one line. */
function continues(open: OpenBlock, words: string, lineIsParagraph: boolean): boolean {
  if (open.kind === 'body') return true;
  if (lineIsParagraph && endsSentence(open.lastLine)) return false;
  return lineKind(open.lastLine) === null && lineKind(words) === null;
}

function readCode(cutter: Cutter, line: Line): void {
  const { fence, text } = cutter;
  if (!fence) return;
  const inside = containersOf(text, line, true);
  if (closesFence(text.slice(inside.start, line.end), fence.mark)) {
    closeFence(cutter);
    return;
  }
  if (fence.start < 0) fence.start = line.start;
  fence.end = line.end;
}

function closeFence(cutter: Cutter): void {
  const { fence } = cutter;
  if (fence && fence.start >= 0) {
    cutter.pieces.push({ start: fence.start, end: fence.end, kind: 'body', level: 0, afterBlank: true });
  }
  cutter.fence = null;
}

function close(cutter: Cutter): void {
  const { open } = cutter;
  cutter.open = null;
  if (!open) return;
  const { kind, afterBlank } = open;
  if (kind === 'prose' || !hasNoWords(cutter.text.slice(open.start, open.end))) {
    cutter.pieces.push({ ...spanOf(open), kind, level: 0, afterBlank });
  }
}

function spanOf({ start, end }: OpenBlock): { start: number; end: number } {
  return { start, end };
}
