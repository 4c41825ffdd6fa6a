import { expect, it } from 'vitest';
import { builtIndex } from './built-index.ts';
import { failuresOf, show } from './storm/report.ts';
import { storm } from './storm/storm.ts';

/** On a machine that does much else; alone it takes a tenth of it. */
const PATIENCE_MS = 300_000;

it('a storm of all faults leaves no question without an answer or a reason, and none with two', {
  timeout: PATIENCE_MS,
}, async () => {
  const report = await storm({ seed: 7, questions: 150, inFlight: 50, indexFolder: await builtIndex() });
  expect(failuresOf(report), show(report)).toEqual([]);
  expect(report.fates.answered).toBeGreaterThan(75);
});
