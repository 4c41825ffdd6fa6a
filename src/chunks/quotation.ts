import type { Span } from '../seeds/seed.ts';

/** Most sentences that stand together because speech runs over them. */
const MAX_SENTENCES = 3;
const DOUBLE_QUOTES = /["“”„«»]/gu;

/**
 * Whether a double quotation mark opens (`true`) or closes (`false`) speech, or null where it is neither.
 * A straight one is judged by what stands beside it, and only where that is not clear by whether speech is
 * open already, so that one forgotten mark does not turn all that follow.
 */
function opens(text: string, at: number, openedBy: string | null): boolean | null {
  const mark = text[at];
  if (mark === '”' || mark === '»') return false;
  if (mark === '“') return openedBy !== '„';
  if (mark !== '"') return true;
  const before = text[at - 1] ?? ' ';
  const after = text[at + 1] ?? ' ';
  const afterSpace = /[\s([{—–]/u.test(before);
  const beforeSpace = /[\s)\]}—–.,;:?!]/u.test(after);
  if (afterSpace && !beforeSpace) return true;
  if (openedBy === null && /[\p{L}\p{N}]/u.test(before)) return null;
  if (beforeSpace && !afterSpace) return false;
  return openedBy === null;
}

/** The spans of speech within `within`, quotation marks included; speech that never closes is left out. */
function speeches(text: string, within: Span): Span[] {
  const found: Span[] = [];
  let start = 0;
  let openedBy: string | null = null;
  const block = text.slice(within.start, within.end);
  for (const { index } of block.matchAll(DOUBLE_QUOTES)) {
    const opening = opens(block, index, openedBy);
    if (opening === true) {
      start = index;
      openedBy = block[index] ?? null;
    } else if (opening === false && openedBy !== null) {
      found.push({ start: within.start + start, end: within.start + index + 1 });
      openedBy = null;
    }
  }
  return found;
}

/**
 * Finds the sentences that make a quotation whole when speech in double quotation marks runs over the end
 * of sentence `index`. Single quotation marks are ignored: they are apostrophes far more often.
 *
 * @param sentences - all sentences of one block, in order
 * @returns the range `[first, end)` of sentences, at most three; just the sentence itself when no speech
 *   crosses its ends, when the speech never closes, or when it would take more than three
 */
export function completeSpeech(
  text: string,
  sentences: readonly Span[],
  index: number,
): { first: number; end: number } {
  const alone = { first: index, end: index + 1 };
  const blockStart = sentences[0]?.start ?? 0;
  const blockEnd = sentences.at(-1)?.end ?? 0;
  const spoken = speeches(text, { start: blockStart, end: blockEnd });
  let { first, end } = alone;
  for (let grown = true; grown; ) {
    const from = sentences[first]?.start ?? blockStart;
    const to = sentences[end - 1]?.end ?? blockEnd;
    const crosses = (s: Span) => (s.start < from && s.end > from) || (s.start < to && s.end > to);
    grown = false;
    for (const speech of spoken.filter(crosses)) {
      while (first > 0 && (sentences[first]?.start ?? 0) > speech.start) first--;
      while (end < sentences.length && (sentences[end - 1]?.end ?? 0) < speech.end) end++;
      grown = true;
    }
    if (end - first > MAX_SENTENCES) return alone;
  }
  return { first, end };
}
