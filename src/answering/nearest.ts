import type { SeedWords } from './seed-words.ts';

/** A run of words of one seed: `[first, end)` index its words, and lie in one block. */
export interface WordRun {
  readonly words: SeedWords;
  readonly first: number;
  readonly end: number;
}

/** A run of words and how near it is to the claim; a higher score is nearer. */
interface Candidate extends WordRun {
  readonly block: number;
  readonly score: number;
}

/** How many windows are aligned word by word, best first. */
const MAX_CANDIDATES = 6;

/** A claim that leaves words out is nearer than one that brings its own. */
const SKIPPED_WORD_COST = 1;
const FOREIGN_WORD_COST = 3;

/**
 * The run of words of which the claim leaves out, adds and replaces the fewest.
 * Windows as long as the claim are ranked by the words and word pairs that they share with it, and the best
 * are aligned. Time grows with the corpus plus the square of the claim.
 *
 * @param claim the claim's normalised words
 * @returns null when no block has two of the claim's words
 */
export function nearestRun(claim: readonly string[], corpus: readonly SeedWords[]): WordRun | null {
  const candidates: Candidate[] = [];
  for (const words of corpus) collectWindows(claim, words, candidates);
  let nearest: { run: WordRun; distance: number } | null = null;
  for (const candidate of candidates) {
    const aligned = align(claim, candidate);
    if (nearest === null || aligned.distance < nearest.distance) nearest = aligned;
  }
  return nearest?.run ?? null;
}

/** Enters the best window of each block into the candidates, which stay short and in order of score. */
function collectWindows(claim: readonly string[], words: SeedWords, candidates: Candidate[]): void {
  const ids = claimIds(claim, words);
  const wanted = new Int32Array(words.vocabulary.size);
  const pairs = new Set<number>();
  for (const [index, id] of ids.entries()) {
    if (id < 0) continue;
    wanted[id] = (wanted[id] ?? 0) + 1;
    const previous = ids[index - 1] ?? -1;
    if (previous >= 0) pairs.add(previous * wanted.length + id);
  }
  for (let block = 0; block < words.blocks.length; block += 1) {
    const window = bestWindow(words, block, ids.length, wanted, pairs);
    if (window.score < 2) continue;
    const rank = candidates.findIndex((candidate) => candidate.score < window.score);
    candidates.splice(rank === -1 ? candidates.length : rank, 0, window);
    if (candidates.length > MAX_CANDIDATES) candidates.pop();
  }
}

function claimIds(claim: readonly string[], words: SeedWords): number[] {
  return claim.map((word) => words.vocabulary.get(word) ?? -1);
}

/**
 * @param wanted how often the claim has each word of the vocabulary; the same again on return
 * @param pairs the claim's word pairs, `first × vocabulary size + second`
 */
function bestWindow(
  words: SeedWords,
  block: number,
  length: number,
  wanted: Int32Array,
  pairs: ReadonlySet<number>,
): Candidate {
  const { wordIds } = words;
  const from = words.blockWords[block] ?? 0;
  const to = words.blockWords[block + 1] ?? from;
  const pairEndsAt = (at: number): boolean =>
    at > from && pairs.has((wordIds[at - 1] ?? 0) * wanted.length + (wordIds[at] ?? 0));
  let score = 0;
  let best: Candidate = { words, block, first: from, end: from, score: 0 };
  let first = from;
  for (let at = from; at < to; at += 1) {
    // `wanted` counts down as words enter the window: above 0, the claim has another one of that word.
    if (take(wanted, wordIds[at]) > 0) score += 1;
    if (pairEndsAt(at)) score += 1;
    if (at - first >= length) {
      if (putBack(wanted, wordIds[first]) >= 0) score -= 1;
      first += 1;
      if (pairEndsAt(first)) score -= 1;
    }
    if (score > best.score) best = { words, block, first, end: at + 1, score };
  }
  for (; first < to; first += 1) putBack(wanted, wordIds[first]);
  return best;
}

/** @returns the count before */
function take(counts: Int32Array, id = 0): number {
  const count = counts[id] ?? 0;
  counts[id] = count - 1;
  return count;
}

/** @returns the count before */
function putBack(counts: Int32Array, id = 0): number {
  const count = counts[id] ?? 0;
  counts[id] = count + 1;
  return count;
}

/**
 * The part of a block around a window with the least edit distance to the whole claim:
 * P. H. Sellers, The theory and computation of evolutionary distances, J. Algorithms 1 (1980).
 */
function align(claim: readonly string[], window: Candidate): { run: WordRun; distance: number } {
  const { words, block } = window;
  const ids = claimIds(claim, words);
  const from = Math.max(words.blockWords[block] ?? 0, window.first - claim.length);
  const to = Math.min(words.blockWords[block + 1] ?? 0, window.end + claim.length);
  // For the claim's first i words: their distance to a run that ends here, and where that run began.
  const distances = Int32Array.from({ length: ids.length + 1 }, (_, i) => i * FOREIGN_WORD_COST);
  const begins = new Int32Array(ids.length + 1).fill(from);
  let best = { run: { words, first: window.first, end: window.end }, distance: Number.POSITIVE_INFINITY };
  for (let at = from; at < to; at += 1) {
    extendColumn(ids, words.wordIds[at], at, distances, begins);
    const distance = distances[ids.length] ?? 0;
    const first = begins[ids.length] ?? 0;
    // At the same distance from the same begin, the last word is replaced, not left away.
    const longer = distance === best.distance && first === best.run.first;
    if (first <= at && (distance < best.distance || longer))
      best = { run: { words, first, end: at + 1 }, distance };
  }
  return best;
}

/** Takes word `at` of the seed, whose number is `id`, into the distances. */
function extendColumn(
  claim: readonly number[],
  id: number | undefined,
  at: number,
  distances: Int32Array,
  begins: Int32Array,
): void {
  let diagonal = 0;
  let diagonalBegin = at;
  begins[0] = at + 1;
  for (let i = 1; i <= claim.length; i += 1) {
    const before = distances[i] ?? 0;
    const beginBefore = begins[i] ?? 0;
    const replaced = diagonal + (claim[i - 1] === id ? 0 : FOREIGN_WORD_COST);
    const skipped = before + SKIPPED_WORD_COST;
    const added = (distances[i - 1] ?? 0) + FOREIGN_WORD_COST;
    const least = Math.min(replaced, skipped, added);
    distances[i] = least;
    begins[i] = least === replaced ? diagonalBegin : least === skipped ? beginBefore : (begins[i - 1] ?? 0);
    diagonal = before;
    diagonalBegin = beginBefore;
  }
}
