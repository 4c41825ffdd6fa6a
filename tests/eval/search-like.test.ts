import { expect, test } from 'vitest';
import { type PlainHits, searchLikeWeights } from './search-like.ts';

const NAMES = ['dense', 'bm25', 'documentOrder'] as const;
/** Every combination of hits, those with more hits more often. */
const questions: PlainHits[] = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((bits) =>
  Array.from({ length: 1 + bits }, () => ({
    dense: (bits & 1) !== 0,
    bm25: (bits & 2) !== 0,
    documentOrder: (bits & 4) !== 0,
  })),
);

test('under the weights each plain ranking is right as often as on real search queries', () => {
  const weights = searchLikeWeights(questions);
  const share = (name: keyof PlainHits) =>
    weights.reduce((sum, weight, i) => sum + (questions[i]?.[name] ? weight : 0), 0) / weights.length;
  expect(NAMES.map(share).map((value) => value.toFixed(3))).toEqual(['0.584', '0.428', '0.461']);
});

test('questions that one ranking always gets right cannot be weighed, and count alike', () => {
  const easy = questions.map((hits) => ({ ...hits, dense: true }));
  expect(new Set(searchLikeWeights(easy))).toEqual(new Set([1]));
});
