import { expect, test } from 'vitest';
import { quantiseRows } from '../../src/indexing/token-rows.ts';
import { interact } from '../../src/retrieval/late-interaction.ts';

const COLUMNS = 4;
const rows = (...vectors: number[][]) => Float32Array.from(vectors.flat());

test('every piece finds its nearest on the other side', () => {
  const question = rows([1, 0, 0, 0], [0, 0.6, 0.8, 0]);
  const sentence = quantiseRows(rows([2, 0, 0, 0], [0, 0, 5, 0], [0, 0, 0, 9]), COLUMNS);
  const { best, reverse } = interact(question, sentence, COLUMNS);
  expect(best[0]).toBeCloseTo(1);
  expect(best[1]).toBeCloseTo(0.8);
  expect(reverse).toBeCloseTo((1 + 0.8 + 0) / 3);
});

test('nothing is near nothing', () => {
  expect([...interact(rows([1, 0, 0, 0]), new Int8Array(0), COLUMNS).best]).toEqual([0]);
  expect(interact(new Float32Array(0), new Int8Array(COLUMNS), COLUMNS).reverse).toBe(0);
  expect([...interact(rows([1, 0, 0, 0]), new Int8Array(COLUMNS), COLUMNS).best]).toEqual([0]);
});
