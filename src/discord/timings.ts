/** How long the bot waits for what; the tests bring shorter ones. */
export interface Timings {
  /** One attempt of a request, until its answer is read whole. */
  readonly attemptMs: number;
  /** All attempts to answer an interaction for the first time; Discord takes no answer after 3 s. */
  readonly callbackMs: number;
  /** One of these attempts: a second one must fit. */
  readonly callbackAttemptMs: number;
  /** Before each further one of these attempts. */
  readonly callbackWaitsMs: readonly number[];
  /** Before each further attempt of a request. */
  readonly retryWaitsMs: readonly number[];
  /** Without a session that hears and is heard, before the bot logs in anew. */
  readonly deafMs: number;
  /** Between two looks at the session. */
  readonly lookMs: number;
  /** Before the second login; twice as long before each further one, up to the longest. */
  readonly firstLoginWaitMs: number;
  readonly longestLoginWaitMs: number;
  /** Without a session, before the process gives up and leaves it to its supervisor. */
  readonly giveUpMs: number;
  /** Between two log lines of the same message. */
  readonly sameLineMs: number;
  /** For requests in hand when the bot is told to stop. */
  readonly finishMs: number;
}

export const TIMINGS: Timings = {
  attemptMs: 5000,
  callbackMs: 2500,
  callbackAttemptMs: 1000,
  callbackWaitsMs: [100, 300, 600],
  retryWaitsMs: [500, 2000, 8000, 30_000, 60_000, 120_000],
  deafMs: 45_000,
  lookMs: 1000,
  firstLoginWaitMs: 1000,
  longestLoginWaitMs: 60_000,
  giveUpMs: 600_000,
  sameLineMs: 60_000,
  finishMs: 10_000,
};

/** A wait between half and one and a half of `ms`, so that many who lost the same server do not come back at once. */
export function jittered(ms: number, random: () => number = Math.random): number {
  return ms * (0.5 + random());
}
