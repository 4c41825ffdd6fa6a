import { expect, it } from 'vitest';
import { builtIndex } from './built-index.ts';
import { failuresOf, show } from './storm/report.ts';
import { storm } from './storm/storm.ts';

it('a storm of all faults leaves no question without an answer or a reason, and none with two', async () => {
  const report = await storm({ seed: 7, questions: 150, inFlight: 25, indexFolder: await builtIndex() });
  expect(failuresOf(report), show(report)).toEqual([]);
  expect(report.fates.answered).toBeGreaterThan(75);
});
