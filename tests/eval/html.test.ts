import { expect, test } from 'vitest';
import { coverageCurve, escapeHtml } from './html.ts';

test('the coverage curve starts with the surest question', () => {
  const judged = [
    { confidence: 0.2, hit: false },
    { confidence: 0.9, hit: true },
  ];
  expect(coverageCurve(judged)).toEqual([
    { x: 0.5, y: 1 },
    { x: 1, y: 0.5 },
  ]);
});

test('a text cannot become markup', () => {
  expect(escapeHtml('<b a="1">&')).toBe('&lt;b a=&quot;1&quot;&gt;&amp;');
});
