import type { Embedder } from '../embedding/embedder.ts';
import { createTurns } from '../seeds/turns.ts';
import type { IndexedPassage, IndexedSentence } from './corpus.ts';
import type { Generation, SentenceRows } from './generation.ts';
import type { Plan } from './plan-rows.ts';
import { meanOfRows } from './token-rows.ts';

const NO_TOKENS = new Int8Array();

/** How seeds are cut now, where their passages come from, and the generation before. */
export interface SentenceSource {
  readonly units: {
    readonly sentences: readonly IndexedSentence[];
    readonly passages: readonly IndexedPassage[];
  };
  readonly passages: Plan;
  readonly previous:
    | { readonly sentences: SentenceRows; readonly units: Pick<Generation['units'], 'passages'> }
    | undefined;
}

/**
 * For each sentence its row in the older generation, or −1: a sentence is taken over with its passage.
 * @returns `units.sentences.length` numbers
 */
export function sentencesBefore({ units, passages: { from }, previous }: SentenceSource): Int32Array {
  return Int32Array.from(units.sentences, ({ passage }, sentence) => {
    const row = from[passage] ?? -1;
    const before = row < 0 ? undefined : previous?.units.passages.at(row);
    const first = units.passages[passage]?.firstSentence ?? 0;
    return before === undefined ? -1 : before.firstSentence + sentence - first;
  });
}

/**
 * Cuts the word pieces of passages into those of their sentences. A passage goes through the model whole, so that each
 * sentence is read with those around it: "late chunking", Günther et al. 2024 (https://arxiv.org/abs/2409.04701). A
 * sentence's own vector is the mean of its pieces'.
 */
export async function sentenceRowsOf(
  source: SentenceSource,
  from: Int32Array,
  { countTokens, dimensions }: Pick<Embedder, 'countTokens' | 'dimensions'>,
  passageRow: (passage: number) => Float32Array,
): Promise<SentenceRows> {
  const turn = createTurns();
  const { units, passages, previous } = source;
  const vectors = new Float32Array(units.sentences.length * dimensions);
  const row = (id: number) => vectors.subarray(id * dimensions, (id + 1) * dimensions);
  const [starts, ends] = [new Int32Array(from.length), new Int32Array(from.length)];
  const tokensOf = lastOf((passage) => passages.made.get(passage)?.tokens() ?? NO_TOKENS);
  const tokens = (id: number) => {
    const before = from[id] ?? -1;
    if (before >= 0) return previous?.sentences.tokens(before) ?? NO_TOKENS;
    return tokensOf(units.sentences[id]?.passage ?? 0).subarray(starts[id], ends[id]);
  };
  for (const [p, passage] of units.passages.entries()) {
    const { firstSentence, endSentence } = passage;
    if ((passages.from[p] ?? -1) < 0) {
      const own = units.sentences.slice(firstSentence, endSentence);
      const spans = pieceSpans(passages.texts[p] ?? '', passage, own, countTokens);
      // Past the last piece a part of the array is empty.
      starts.set(
        spans.map(([start]) => start * dimensions),
        firstSentence,
      );
      ends.set(
        spans.map(([, end]) => end * dimensions),
        firstSentence,
      );
    }
    for (let id = firstSentence; id < endSentence; id++) {
      const before = from[id] ?? -1;
      const vector = before >= 0 ? previous?.sentences.row(before) : meanOfRows(tokens(id), dimensions);
      // What the model cannot read at all has no pieces.
      row(id).set(vector ?? passageRow(p));
    }
    await turn();
  }
  return { vectors, row, tokens, stored: stillLyingIn(previous?.sentences.stored, from) };
}

/**
 * Which word pieces of a passage are each sentence's, `[start, end)`.
 * @param text the passage's
 */
export function pieceSpans(
  text: string,
  passage: Pick<IndexedPassage, 'start'>,
  sentences: readonly Pick<IndexedSentence, 'start' | 'end'>[],
  countTokens: Embedder['countTokens'],
): [start: number, end: number][] {
  let [at, end] = [0, 0];
  const pieces = (from: number, to: number) => {
    const part = text.slice(from, to).trim();
    return part === '' ? 0 : countTokens(part) - 2;
  };
  return sentences.map((sentence) => {
    const start = sentence.start - passage.start;
    const first = at + pieces(end, start);
    end = sentence.end - passage.start;
    at = first + pieces(start, end);
    return [first, at];
  });
}

/** Where rows that are taken over lie on the disk. */
function stillLyingIn(stored: SentenceRows['stored'], taken: Int32Array): SentenceRows['stored'] {
  if (stored === undefined) return undefined;
  return { file: stored.file, from: taken.map((row) => (row < 0 ? -1 : (stored.from[row] ?? -1))) };
}

/** Remembers the last answer only: what is asked for comes in order, and all of it would fill the memory. */
function lastOf<Value>(read: (id: number) => Value): (id: number) => Value {
  let last: { readonly id: number; readonly value: Value } | undefined;
  return (id) => {
    if (last?.id !== id) last = { id, value: read(id) };
    return last.value;
  };
}
