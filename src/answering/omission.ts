import type { Span } from '../seeds/seed.ts';
import { type Phrase, standings, trimMarks } from './find-phrase.ts';
import { SPAN_BREAK } from './normalise.ts';
import type { Place } from './place.ts';
import { placeOf, type SeedWords } from './seed-words.ts';

/** A quote from which something was left out: where it stands as a whole, and where its parts do. */
export interface Abridged {
  /** From the start of the first part to the end of the last. */
  readonly whole: Place;
  readonly parts: readonly Place[];
}

const OMISSION = /\[\.\.\.\]|\(\.\.\.\)|\.\.\./;

/** More parts are no quote, and each costs a scan of the corpus. */
const MAX_PARTS = 8;

/**
 * Every block in which the parts between a claim's ellipses stand in the claim's order, once a block.
 *
 * @param claim in normalised form
 * @returns nothing when the claim has no ellipsis within it
 */
export function findAbridged(claim: Phrase, corpus: readonly SeedWords[]): Abridged[] {
  const parts = claim.text
    .slice(claim.start, claim.end)
    .split(OMISSION)
    .map(trimMarks)
    .filter((part) => part.end > part.start);
  if (parts.length < 2 || parts.length > MAX_PARTS) return [];
  return corpus.flatMap((words) => findInSeed(parts, words));
}

function findInSeed(parts: readonly Phrase[], words: SeedWords): Abridged[] {
  const found: Abridged[] = [];
  const lists: Span[][] = [];
  for (const part of parts) {
    const list = [...standings(part, words)];
    if (list.length === 0) return [];
    lists.push(list);
  }
  const cursors = lists.map(() => 0);
  let tried = 0;
  for (const first of lists[0] ?? []) {
    // Where the first of a block has no parts after it, a later one of that block has none either.
    if (first.start < tried) continue;
    const blockEnd = words.text.indexOf(SPAN_BREAK, first.end);
    tried = blockEnd === -1 ? words.text.length : blockEnd;
    const chain = chainFrom(first, tried, lists, cursors);
    const last = chain?.at(-1);
    if (chain === null || last === undefined) continue;
    found.push({
      whole: placeOf(words, first.start, last.end),
      parts: chain.map((span) => placeOf(words, span.start, span.end)),
    });
  }
  return found;
}

/**
 * @param lists the places of each part, ascending
 * @param cursors for each list, from where it is still of use; moved on
 * @returns one span of each list, each after the one before it, or null where the block ends first
 */
function chainFrom(
  first: Span,
  blockEnd: number,
  lists: readonly Span[][],
  cursors: number[],
): Span[] | null {
  const chain = [first];
  let after = first.end;
  for (let part = 1; part < lists.length; part += 1) {
    const list = lists[part] ?? [];
    let cursor = cursors[part] ?? 0;
    while (cursor < list.length && (list[cursor]?.start ?? 0) < after) cursor += 1;
    cursors[part] = cursor;
    const next = list[cursor];
    if (next === undefined || next.end > blockEnd) return null;
    chain.push(next);
    after = next.end;
  }
  return chain;
}
