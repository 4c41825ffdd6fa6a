import { expect, test } from 'vitest';
import type { AskedInProcess } from './ours.ts';
import { merged, type Results, type SizeResult } from './results.ts';
import { renderTable } from './table.ts';

const spread = (p50: number, p95 = p50) => ({ p5: p50, p50, p95, runs: 100 });

function asked(p50: number, p95: number, recall: number): AskedInProcess {
  const found = { nearest: spread(0.3), graph: spread(0.2), graphRecall: 0.99, scan: spread(1) };
  const times = { early: spread(17), embed: spread(2), search: spread(p50 - 2), ...found };
  return { answer: spread(p50, p95), ...times, processorMs: p50, recall };
}

function resultsOf(...sizes: SizeResult[]): Results {
  return { machine: 'a machine', code: 'abc', busy: { '1000 paragraphs: ask': 0.02 }, sizes };
}

const small = { paragraphs: 1000, ours: { ask: asked(6, 14, 1) }, peers: {} };
const large = {
  paragraphs: 100_000,
  ours: { ask: asked(20, 31, 0.98) },
  peers: { vectra: 'not done within 300 s (indexing)' },
};

test('says of each target what was measured and whether it is met', () => {
  const lines = renderTable(resultsOf(small, large)).split('\n');
  expect(lines).toContain('MISSED  question → answer, p50 at 1,000: 6.00 ms (wanted ≤ 5 ms)');
  expect(lines).toContain('met     question → answer, p95 at 1,000: 14.0 ms (wanted ≤ 15 ms)');
  expect(lines).toContain('MISSED  question → answer, p95 at 100,000: 31.0 ms (wanted ≤ 30 ms)');
  expect(lines).toContain('MISSED  recall@10, the least of 2 sizes: 0.9800 (wanted ≥ 0.99)');
  expect(lines).toContain('met     p50 from 1,000 to 100,000 paragraphs: 3.3 × (wanted < 5 ×)');
});

test('says what the first questions after a start take', () => {
  expect(renderTable(resultsOf(small))).toContain('; the first 100 after the start 17.0;');
});

test('says why a peer is missing', () => {
  expect(renderTable(resultsOf(large))).toMatch(/^vectra +skipped: not done within 300 s \(indexing\)$/m);
});

test('adds what is measured later to what is known, in place of the same part only', () => {
  const later = { ...resultsOf({ ...small, ours: { change: { seconds: 1, texts: 20 } } }), code: 'def' };
  const both = merged(merged(undefined, resultsOf(small, large)), later);
  expect(both.sizes.map(({ paragraphs }) => paragraphs)).toEqual([1000, 100_000]);
  expect(both.sizes[0]?.ours).toEqual({ ...small.ours, change: { seconds: 1, texts: 20 } });
  expect(both.code).toBe('abc, def');
});
