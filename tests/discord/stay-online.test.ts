import { EventEmitter } from 'node:events';
import type { Client } from 'discord.js';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Repeats } from '../../src/discord/repeats.ts';
import { stayOnline } from '../../src/discord/stay-online.ts';
import { TIMINGS } from '../../src/discord/timings.ts';

/** When each login was tried, in seconds. */
let logins: number[];
let ended: Promise<unknown>;
let stop: AbortController;

/** A client to whom Discord does not open. */
class Refused extends EventEmitter {
  readonly ws = { shards: new Map() };
  async login() {
    logins.push(performance.now() / 1000);
    throw new Error('Service Unavailable');
  }
  async destroy() {}
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  // Half of the span of the jitter: each wait is what it is.
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  logins = [];
  stop = new AbortController();
  const next = () => new Refused() as unknown as Client;
  ended = stayOnline({
    token: 'a token',
    first: next(),
    next,
    online: async () => undefined,
    failed: new AbortController().signal,
    stop: stop.signal,
    timings: TIMINGS,
    repeats: new Repeats(pino({ level: 'silent' }), TIMINGS.sameLineMs),
  }).catch((error: unknown) => error);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it('waits twice as long before each further login, a minute at most, and gives up after ten', async () => {
  await vi.advanceTimersByTimeAsync(12 * 60_000);
  const [first = 0] = logins;
  const waits = logins.slice(1).map((at, index) => Math.round(at - (logins[index] ?? 0)));
  expect(waits.slice(0, 8)).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  expect(Math.max(...waits)).toBe(60);
  const { name, message } = (await ended) as Error;
  expect([name, message]).toEqual(['SessionLost', 'no session with Discord for 600 s: Service Unavailable']);
  const last = (logins.at(-1) ?? 0) - first;
  expect(last).toBeGreaterThan(600);
  expect(last).toBeLessThanOrEqual(660);
});

it('ends at once when it is told to while it waits', async () => {
  await vi.advanceTimersByTimeAsync(20_000);
  const tried = logins.length;
  stop.abort();
  expect(await ended).toBeUndefined();
  expect(logins).toHaveLength(tried);
});
