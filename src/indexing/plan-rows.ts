import { createHash } from 'node:crypto';
import { createTurns } from '../seeds/turns.ts';
import type { VectorRows } from './generation.ts';
import type { EmbeddedText, Journal } from './journal.ts';

/** Where the rows of passages come from. */
export interface Plan {
  readonly texts: readonly string[];
  readonly digests: readonly string[];
  /** For each row the one before that it is taken from, or −1. */
  readonly from: Int32Array;
  /** Rows that no older one has: from the journal, or as they come from the model. */
  readonly made: Map<number, EmbeddedText>;
  /** Those that must go through the model. */
  readonly fresh: readonly number[];
}

export interface Wanted {
  readonly texts: readonly string[];
  /** Rows of the older generation that stand for the texts without a look at them, or −1. */
  readonly kept: readonly number[];
  /** Whether the text is embedded whatever is known of it. */
  readonly anew: readonly boolean[];
  /** Whether an older row of the same text was cut into the same sentences. */
  readonly isCutAlike: (text: number, row: number) => boolean;
}

/** Looks for each text in what is known. */
export async function planRows(
  { texts, kept, anew, isCutAlike }: Wanted,
  previous: Pick<VectorRows, 'digests'> | undefined,
  journal: Journal | undefined,
): Promise<Plan> {
  const turn = createTurns();
  const from = Int32Array.from(kept);
  const digests: string[] = [];
  const made = new Map<number, EmbeddedText>();
  const fresh: number[] = [];
  const before = previous?.digests ?? [];
  const known = rowsByDigest(before, new Set(kept));
  for (const [i, text] of texts.entries()) {
    const digest = before[from[i] ?? -1] ?? digestOf(text);
    digests.push(digest);
    if ((from[i] ?? -1) >= 0) continue;
    const rows = anew[i] ? [] : (known.get(digest) ?? []);
    // Of a text that stands in many places each place takes its own row, as far as there are any.
    const row = rows.length > 1 ? rows.pop() : rows[0];
    const isKnown = row !== undefined && isCutAlike(i, row);
    const done = isKnown ? undefined : journal?.get(digest);
    if (isKnown) from[i] = row;
    else if (done !== undefined) made.set(i, done);
    else fresh.push(i);
    await turn();
  }
  const length = (i: number) => texts[i]?.length ?? 0;
  return { texts, digests, from, made, fresh: fresh.sort((a, b) => length(a) - length(b)) };
}

/** Rows by the digest of their text, those that are taken first. */
function rowsByDigest(digests: readonly string[], taken: ReadonlySet<number>): Map<string, number[]> {
  const rows = new Map<string, number[]>();
  for (const wanted of [true, false]) {
    for (const [row, digest] of digests.entries()) {
      if (taken.has(row) !== wanted) continue;
      const known = rows.get(digest);
      if (known === undefined) rows.set(digest, [row]);
      else known.push(row);
    }
  }
  return rows;
}

/** How a text is known to the journal and to the next generation. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
