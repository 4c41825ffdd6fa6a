import { endsSentence, type Line, type Piece } from './lines.ts';

/** Hard-wrapped text is rarely wider; longer lines are paragraphs of their own. */
const WIDEST_WRAP_CHARS = 100;
const NARROWEST_WRAP_CHARS = 40;
/** Part of the wrap width that a line must reach, with the next line's first word, to count as full. */
const FULL_SHARE = 0.85;
const LIST_ITEM = /^(?:[-*•–]|\d{1,3}[.)])\s/;
const LONGEST_FIRST_WORD = 60;

/**
 * Cuts plain text: a line is a paragraph, unless the text is hard-wrapped; then full lines are joined
 * with the next one, over the line break.
 */
export function cutPlainText(text: string, lines: readonly Line[]): Piece[] {
  const width = wrapWidth(text, lines);
  const pieces: Piece[] = [];
  let itemOpen = false;
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    const last = pieces.at(-1);
    if (width !== null && before && last && continues(text, before, line, width, itemOpen)) {
      pieces[pieces.length - 1] = { ...last, end: line.end };
      continue;
    }
    itemOpen = isListItem(text, line);
    pieces.push({ start: line.start, end: line.end, kind: 'prose', level: 0, afterBlank: line.afterBlank });
  }
  return pieces;
}

/**
 * The width at which the text was hard-wrapped, or null. Evidence is a line that stops inside a sentence
 * and goes on in lower case; it must be frequent, and most such lines must be about equally long.
 */
function wrapWidth(text: string, lines: readonly Line[]): number | null {
  let breaks = 0;
  const evidence: { readonly length: number; readonly filled: number }[] = [];
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    if (!before || line.afterBlank || tooWide(before) || tooWide(line)) continue;
    if (lengthOf(before) < NARROWEST_WRAP_CHARS) continue;
    breaks += 1;
    if (!/^\p{Ll}/u.test(text.slice(line.start, line.start + 2))) continue;
    if (endsSentence(text.slice(before.start, before.end))) continue;
    evidence.push({ length: lengthOf(before), filled: filledBy(text, before, line) });
  }
  if (evidence.length === 0 || evidence.length < breaks / 4) return null;
  const lengths = evidence.map(({ length }) => length).sort((a, b) => a - b);
  const width = lengths[Math.floor(lengths.length * 0.9)] ?? 0;
  const full = evidence.filter(({ filled }) => filled > width * FULL_SHARE).length;
  return width >= NARROWEST_WRAP_CHARS && full >= evidence.length * 0.6 ? width : null;
}

function continues(text: string, before: Line, line: Line, width: number, itemOpen: boolean): boolean {
  if (line.afterBlank || tooWide(before) || tooWide(line)) return false;
  if (isListItem(text, line)) return false;
  const newIndent = line.indent > before.indent && !itemOpen;
  return !newIndent && filledBy(text, before, line) > width * FULL_SHARE;
}

/** How long `before` would be with the first word of the line after it. */
function filledBy(text: string, before: Line, line: Line): number {
  const opening = text.slice(line.start, Math.min(line.end, line.start + LONGEST_FIRST_WORD));
  const space = opening.search(/\s/);
  return lengthOf(before) + 1 + (space < 0 ? opening.length : space);
}

function isListItem(text: string, line: Line): boolean {
  return LIST_ITEM.test(text.slice(line.start, line.start + 6));
}

function tooWide(line: Line): boolean {
  return lengthOf(line) > WIDEST_WRAP_CHARS;
}

function lengthOf(line: Line): number {
  return line.end - line.start;
}
