import { TIMINGS, type Timings } from '../../../src/discord/timings.ts';

/** Waits that a test can sit out. */
export const SHORT: Timings = {
  ...TIMINGS,
  callbackWaitsMs: [10, 20, 40],
  retryWaitsMs: [10, 20, 40],
  lookMs: 50,
  firstLoginWaitMs: 20,
  longestLoginWaitMs: 200,
  giveUpMs: 60_000,
  finishMs: 100,
};
