import { isBlank, type Line } from './lines.ts';
import type { Span } from './seed.ts';

/** What stands before a Markdown line's own words. */
export interface Containers {
  /** Where the line's own words start. */
  start: number;
  /** How many `>` stand before them. */
  depth: number;
  /** Whether a list item starts here. */
  item: boolean;
}

const MOST_CONTAINERS = 20;
/** Longer numbers at a line's start are years or amounts, and belong to the words. */
const ITEM_MARK = /^(?:[-*+]|(\d{1,3})[.)])(?=\s)/;
const TASK_MARK = /^\[[ xX]\](?=\s)/;
const RULE = /^(?:-\s*){3,}$|^(?:\*\s*){3,}$/;

/** @param inParagraph whether a paragraph is open, which only a list from 1 may interrupt */
export function containersOf(text: string, line: Line, inParagraph: boolean): Containers {
  const found: Containers = { start: line.start, depth: 0, item: false };
  for (let count = 0; count < MOST_CONTAINERS && found.start < line.end; count += 1) {
    const ahead = text.slice(found.start, Math.min(line.end, found.start + 6));
    const item = ITEM_MARK.exec(ahead);
    const task = found.item ? TASK_MARK.exec(ahead) : null;
    if (ahead.startsWith('>')) {
      found.depth += 1;
      found.start += 1;
    } else if (task) {
      found.start += task[0].length;
    } else if (item && !RULE.test(text.slice(found.start, Math.min(line.end, found.start + 200)))) {
      if (inParagraph && !found.item && item[1] !== undefined && item[1] !== '1') return found;
      found.item = true;
      found.start += item[0].length;
    } else {
      return found;
    }
    while (found.start < line.end && isBlank(text[found.start])) found.start += 1;
  }
  return found;
}

/** The fence that a line opens, ```` ``` ```` or `~~~` and longer, or null. */
export function openFence(words: string): string | null {
  const mark = /^(?:`{3,}|~{3,})/.exec(words)?.[0];
  if (!mark) return null;
  return mark.startsWith('`') && words.includes('`', mark.length) ? null : mark;
}

/** Whether a line closes the code that `mark` opened: the same character, at least as often, alone. */
export function closesFence(words: string, mark: string): boolean {
  const run = /^(?:`{3,}|~{3,})$/.exec(words)?.[0];
  return run !== undefined && run[0] === mark[0] && run.length >= mark.length;
}

/**
 * The alternative texts of a line that holds nothing but images, or images that are links.
 * @returns spans within `words`, or null when the line holds anything else
 */
export function imagesOf(words: string): Span[] | null {
  const images: Span[] = [];
  let at = 0;
  while (at < words.length) {
    const linked = words.startsWith('[![', at);
    if (!linked && !words.startsWith('![', at)) return null;
    const start = at + (linked ? 3 : 2);
    const end = words.indexOf(']', start);
    const target = end < 0 ? -1 : targetEnd(words, end + 1);
    if (target < 0) return null;
    images.push({ start, end });
    at = target;
    if (linked) {
      const link = words[at] === ']' ? targetEnd(words, at + 1) : -1;
      if (link < 0) return null;
      at = link;
    }
    while (isBlank(words[at])) at += 1;
  }
  return images;
}

/** Where `(url "title")` or `[reference]` ends that starts at `at`, or −1. */
function targetEnd(words: string, at: number): number {
  const closing = words[at] === '(' ? ')' : words[at] === '[' ? ']' : null;
  if (closing === null) return -1;
  let nested = 0;
  for (let index = at + 1; index < words.length; index += 1) {
    if (words[index] === '(' && closing === ')') nested += 1;
    else if (words[index] === closing && nested > 0) nested -= 1;
    else if (words[index] === closing) return index + 1;
  }
  return -1;
}

/** HTML tags alone, or where a link leads (`[id]: https://…`); footnotes are words. */
export function isMarkupOnly(words: string): boolean {
  if (/^\[[^\]^][^\]]*\]:\s?(?:<|https?:|\/|#)\S*(?:\s+["'(].*)?$/.test(words)) return true;
  return (
    words.startsWith('<') &&
    words.endsWith('>') &&
    words
      .split(/<\/?[a-z][^<>]*>/i)
      .join('')
      .trim() === ''
  );
}
