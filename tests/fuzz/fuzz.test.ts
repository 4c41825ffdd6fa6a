import { afterAll, describe, expect, it } from 'vitest';
import { builtIndex } from '../discord/built-index.ts';
import { allTargets } from './all-targets.ts';
import { runTarget } from './run.ts';

/** A share of what `npm run fuzz` does, always the same. */
const RUNS = 1500;
const SEED = 1;

const { targets, close } = await allTargets(await builtIndex());
afterAll(async () => expect(await close()).toBe(0));
const weights = targets.reduce((sum, { weight }) => sum + weight, 0);

describe('what strangers send', () => {
  it.each(targets)('breaks nothing: $name', { timeout: 120_000 }, async (target) => {
    const runs = Math.ceil((RUNS * target.weight) / weights);
    const { finds } = await runTarget(target, runs, SEED);
    expect(finds.map(({ input, error }) => `${JSON.stringify(input.toString())}: ${error}`)).toEqual([]);
  });
});
