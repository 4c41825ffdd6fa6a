import { expect, test } from 'vitest';
import {
  abstention,
  auroc,
  calibrationError,
  type Judged,
  outcomeShares,
  overlaps,
  rankingMetrics,
  reliability,
} from './metrics.ts';

test('ranges that only touch do not overlap', () => {
  expect(overlaps({ start: 0, end: 5 }, { start: 5, end: 9 })).toBe(false);
  expect(overlaps({ start: 0, end: 6 }, { start: 5, end: 9 })).toBe(true);
});

test('hit@1, hit@3 and reciprocal rank count the place of the first right sentence', () => {
  const ranks = [1, 2, 4, null];
  const places = ranks.map((rank) => ({ rank, paragraphHit: rank === 1 }));
  expect(rankingMetrics(places)).toEqual({
    questions: 4,
    hitAt1: 0.25,
    hitAt3: 0.5,
    mrr: (1 + 1 / 2 + 1 / 4) / 4,
    paragraphHitAt1: 0.25,
  });
});

test('no questions give zeros, not NaN', () => {
  expect(rankingMetrics([])).toEqual({ questions: 0, hitAt1: 0, hitAt3: 0, mrr: 0, paragraphHitAt1: 0 });
  expect(calibrationError(reliability([]))).toBe(0);
});

test('the outcome shares sum to 1', () => {
  expect(outcomeShares(['answered', 'answered', 'related', 'not-in-sources'])).toEqual({
    answered: 0.5,
    related: 0.25,
    'not-in-sources': 0.25,
  });
});

test('AUROC is the share of pairs in the right order, ties half', () => {
  expect(auroc([0.9, 0.8], [0.1, 0.2])).toBe(1);
  expect(auroc([0.1], [0.9])).toBe(0);
  expect(auroc([0.5, 0.5], [0.5])).toBe(0.5);
  expect(auroc([0.9, 0.3], [0.5, 0.3])).toBe((1 + 1 + 0 + 0.5) / 4);
  expect(auroc([], [0.5])).toBeNull();
});

test('far abstention weighs missed far questions and refused answerable ones alike', () => {
  const one = (expected: Judged['expected'], outcome: Judged['outcome'], confidence: number): Judged => ({
    expected,
    outcome,
    confidence,
    hit: expected === 'answered',
  });
  const metrics = abstention([
    one('answered', 'answered', 0.9),
    one('answered', 'not-in-sources', 0.2),
    one('near', 'related', 0.3),
    one('far', 'not-in-sources', 0),
    one('far', 'not-in-sources', 0),
    one('far', 'related', 0.1),
  ]);
  // Of three far ones two are found, of three refusals two are right: precision and recall are both 2/3.
  expect(metrics.farF1).toBeCloseTo(2 / 3);
  expect(metrics).toMatchObject({ falseRefusals: 0.5, nearAuroc: 0.5, farAuroc: 1 });
});

test('calibration error weighs each bin by its questions; a confidence of 1 is in the last bin', () => {
  const bins = reliability([
    { confidence: 1, hit: true },
    { confidence: 0.95, hit: false },
    { confidence: 0.05, hit: false },
    { confidence: 0.05, hit: false },
  ]);
  expect(bins.map(({ from, questions }) => [from, questions])).toEqual([
    [0, 2],
    [0.9, 2],
  ]);
  expect(calibrationError(bins)).toBeCloseTo((2 * 0.05 + 2 * 0.475) / 4);
});
