import { expect, test } from 'vitest';
import { OperatorError } from '../../src/operator-error.ts';
import { baselineOf, compare, pairedBootstrap, parseBaseline } from './compare.ts';
import type { SetRun } from './run.ts';

const SAMPLING = { size: 4, seedNumber: 1 };

/** Two articles, one answerable question each; the right quote is at these places. */
function runWith(ranks: readonly number[]): SetRun {
  const places = { liaison: ranks.map((rank) => ({ rank, paragraphHit: true })) };
  const asked = ranks.map((rank, article) => ({
    question: { text: 'Why?', seed: `a${article}`, gold: [], expected: 'answered' as const, kind: 'why' },
    expected: 'answered' as const,
    outcome: 'answered' as const,
    confidence: 0.5,
    hit: rank === 1,
    verbatim: true,
    firstQuote: 'Because.',
    goldTexts: [],
    totalMs: 1,
  }));
  return {
    name: 'set',
    articles: 2,
    sentences: 9,
    asked,
    places: { alone: places, restricted: places, pooled: places },
  };
}

test('a run is as before against its own baseline, once written and read again', () => {
  const run = runWith([1, 2]);
  const baseline = parseBaseline(JSON.stringify(baselineOf([run], SAMPLING)), 'baseline.json');
  const lines = compare(baseline, [run], SAMPLING);
  expect(lines).toHaveLength(7);
  for (const line of lines) expect(line).toMatch(/^as before/);
});

test('what got better in every article is called better, and the other way round worse', () => {
  const [bad, good] = [runWith([2, 4]), runWith([1, 1])];
  expect(compare(baselineOf([bad], SAMPLING), [good], SAMPLING)[0]).toMatch(/^better .*0\.0 → 100\.0/);
  expect(compare(baselineOf([good], SAMPLING), [bad], SAMPLING)[0]).toMatch(/^worse .*100\.0 → 0\.0/);
});

test('a baseline of other questions is refused', () => {
  const baseline = baselineOf([runWith([1])], SAMPLING);
  expect(() => compare(baseline, [runWith([1, 1])], SAMPLING)).toThrow(OperatorError);
  expect(() => compare(baseline, [runWith([1])], { ...SAMPLING, size: 5 })).toThrow(/--sample 4/);
  expect(() => parseBaseline('{}', 'baseline.json')).toThrow(/^baseline\.json: not a baseline/);
});

test('one article that got better is not yet a difference', () => {
  const tally = (sum: number) => ({ sum, questions: 10 });
  const pairs = [5, 5, 5, 5].map((before, i) => ({
    before: tally(before),
    after: tally(i === 0 ? 8 : before),
  }));
  expect(pairedBootstrap(pairs, 1)?.low).toBe(0);
  expect(pairedBootstrap([], 1)).toBeNull();
});
