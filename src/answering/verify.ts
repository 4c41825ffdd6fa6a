import type { Seed } from '../seeds/seed.ts';
import { type Phrase, readBounded, standings, trimMarks, widen } from './find-phrase.ts';
import { nearestRun, type WordRun } from './nearest.ts';
import type { Normalised } from './normalise.ts';
import { findAbridged } from './omission.ts';
import { cutIntoPieces } from './pieces.ts';
import type { Place } from './place.ts';
import { placeOf, type SeedWords, WORD, wordsOfAll } from './seed-words.ts';
import { type Change, type DiffPart, diffWords, type WordDiff } from './word-diff.ts';

/** The claim stands in a seed, apart from typesetting. */
export interface Exact {
  readonly verdict: 'exact';
  /** Every place where it stands, in order of seed id, then offset; at least one. */
  readonly places: readonly Place[];
  /**
   * Null, or for a claim with an ellipsis the places of its parts within `places[0]`, in order.
   * What was left out is the text between them; show it, for a "not" may be in it.
   */
  readonly omission: readonly Place[] | null;
}

/** The nearest passage is near, but has other words. */
export interface Altered {
  readonly verdict: 'altered';
  readonly place: Place;
  /** Word by word: `same` and `removed` together are the text of `place`. */
  readonly parts: readonly DiffPart[];
  /** Source to claim; negations, numbers and names first. */
  readonly changes: readonly Change[];
  /** Share of the words and marks of both that are the same, 0 … 1. */
  readonly similarity: number;
}

/** All but a few of the claim's words stand in the seeds, but not together. */
export interface Stitched {
  readonly verdict: 'stitched';
  /** In the claim's order, two or more. */
  readonly pieces: readonly Place[];
}

/** Nothing in the seeds is near the claim. */
export interface Absent {
  readonly verdict: 'absent';
}

export type Verdict = Exact | Altered | Stitched | Absent;

/** The places of a verdict: whatever it shows of the seeds. */
export function placesOf(verdict: Verdict): readonly Place[] {
  switch (verdict.verdict) {
    case 'exact':
      return [...verdict.places, ...(verdict.omission ?? [])];
    case 'altered':
      return [verdict.place];
    case 'stitched':
      return verdict.pieces;
    case 'absent':
      return [];
  }
}

/** Fewer words are either there or not: to alter one of two is to say something else. */
const MIN_COMPARED_WORDS = 3;
/** A nearest passage below this shares little but common words with the claim. */
const MIN_SIMILARITY = 0.6;
/** A run of so many of the claim's words, if they are half of it, is near whatever surrounds it. */
const MIN_RUN_WORDS = 5;
/** With this share of its words in one passage, in order, a claim is that passage altered, not a patchwork. */
const ONE_PASSAGE_SHARE = 0.8;
/** Share of the claim's words that its pieces must cover. */
const PIECES_SHARE = 0.85;
/** Fewer words a piece, on the average, and any fluent sentence is a patchwork of a large corpus. */
const MIN_MEAN_PIECE_WORDS = 5;

/**
 * Says whether a claimed quote stands in the seeds. Typesetting does not count: see `normalise`.
 * Only blocks that may be quoted are looked at, repeated ones once, and no match spans two blocks.
 * Needs no model; the seeds' words are computed once and kept with the seed objects.
 *
 * @throws {RangeError} when the claim has more than `MAX_PHRASE_UNITS` UTF-16 units
 */
export function verifyQuote(claim: string, seeds: readonly Seed[]): Verdict {
  const normalised = readBounded(claim, 'claim');
  const phrase = trimMarks(normalised.text);
  const corpus = wordsOfAll(seeds);
  return findExact(phrase, corpus) ?? compare(claim, normalised, phrase, corpus);
}

function findExact(phrase: Phrase, corpus: readonly SeedWords[]): Exact | null {
  const places: Place[] = [];
  for (const words of corpus) {
    for (const { start, end } of standings(phrase, words)) places.push(placeOf(words, start, end));
  }
  if (places.length > 0) return { verdict: 'exact', places, omission: null };
  const abridged = findAbridged(phrase, corpus);
  if (abridged[0] === undefined) return null;
  return {
    verdict: 'exact',
    places: abridged.map(({ whole }) => whole),
    omission: abridged[0].parts,
  };
}

function compare(
  claim: string,
  normalised: Normalised,
  phrase: Phrase,
  corpus: readonly SeedWords[],
): Verdict {
  const words = phrase.text.slice(phrase.start, phrase.end).match(WORD) ?? [];
  if (words.length < MIN_COMPARED_WORDS) return { verdict: 'absent' };
  const run = nearestRun(words, corpus);
  const near = run === null ? null : diffWithRun(claim, normalised, phrase, run);
  const pieces = cutIntoPieces(words, corpus);
  // Only white space where `normalise` keeps it, as in "50 %" for "50%".
  if (near?.diff.changes.length === 0) return { verdict: 'exact', places: [near.place], omission: null };
  const inOnePassage = near !== null && near.diff.sameWords >= ONE_PASSAGE_SHARE * words.length;
  if (!inOnePassage && arePatchwork(pieces, words.length)) {
    return { verdict: 'stitched', pieces: pieces.map(placeOfRun) };
  }
  const longest = Math.max(0, ...pieces.map(lengthOf));
  const hasLongRun = longest >= MIN_RUN_WORDS && longest >= words.length / 2;
  if (near === null || !(near.diff.similarity >= MIN_SIMILARITY || hasLongRun)) return { verdict: 'absent' };
  const { parts, changes, similarity } = near.diff;
  return { verdict: 'altered', place: near.place, parts, changes, similarity };
}

function arePatchwork(pieces: readonly WordRun[], claimWords: number): boolean {
  const covered = pieces.reduce((sum, piece) => sum + lengthOf(piece), 0);
  const most = Math.max(2, claimWords / MIN_MEAN_PIECE_WORDS);
  return pieces.length >= 2 && pieces.length <= most && covered >= PIECES_SHARE * claimWords;
}

function lengthOf(run: WordRun): number {
  return run.end - run.first;
}

function diffWithRun(
  claim: string,
  normalised: Normalised,
  phrase: Phrase,
  run: WordRun,
): { place: Place; diff: WordDiff } {
  const { words } = run;
  const { start, end } = spanOfRun(run);
  const inner = betweenOuterWords(phrase);
  const widened = widen(inner, words, start, end);
  const diff = diffWords(
    { text: words.seed.text, normalised: words, ...widened },
    {
      text: claim,
      normalised,
      start: Math.min(phrase.start, inner.start - (start - widened.start)),
      end: Math.max(phrase.end, inner.end + (widened.end - end)),
    },
  );
  return { place: placeOf(words, widened.start, widened.end), diff };
}

/** A run of words has left behind the bracket or the like with which claim and passage may both begin or end. */
function betweenOuterWords({ text, start, end }: Phrase): Phrase {
  const words = [...text.slice(start, end).matchAll(WORD)];
  const [first] = words;
  const last = words.at(-1);
  if (first === undefined || last === undefined) return { text, start, end };
  return { text, start: start + first.index, end: start + last.index + last[0].length };
}

function spanOfRun({ words, first, end }: WordRun): { start: number; end: number } {
  return { start: words.wordStarts[first] ?? 0, end: words.wordEnds[end - 1] ?? 0 };
}

function placeOfRun(run: WordRun): Place {
  const { start, end } = spanOfRun(run);
  return placeOf(run.words, start, end);
}
