import { EventEmitter } from 'node:events';
import { type Client, Status } from 'discord.js';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TIMINGS } from '../../src/discord/timings.ts';
import { Watchdog } from '../../src/discord/watchdog.ts';

/** Longer than a heartbeat may go unanswered, and than the bot may be deaf. */
const HELD_MS = 200_000;

/** A client with a session whose heartbeats are answered as a test says. */
class Heard extends EventEmitter {
  readonly shard = { status: Status.Ready, lastPingTimestamp: Date.now() };
  readonly ws = { shards: new Map([[0, this.shard]]) };
}

let client: Heard;
let watchdog: Watchdog;
let lost: boolean;
/** By how much the clocks are put on while no timer of this process runs. */
let heldMs: number;

beforeEach(() => {
  vi.useFakeTimers();
  heldMs = 0;
  const now = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => now() + heldMs);
  client = new Heard();
  watchdog = new Watchdog(client as unknown as Client, TIMINGS);
  lost = false;
  watchdog.lost.catch(() => {
    lost = true;
  });
});
afterEach(() => {
  watchdog.stop();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function sleep(): void {
  heldMs += HELD_MS;
  vi.setSystemTime(Date.now() + HELD_MS);
}

it('a session is not given up because the bot slept: it may still be taken up where it was', async () => {
  await vi.advanceTimersByTimeAsync(10_000);
  sleep();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(lost).toBe(false);
  client.shard.lastPingTimestamp = Date.now();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(lost).toBe(false);
});

it('a session that stays deaf after the bot slept is given up', async () => {
  sleep();
  await vi.advanceTimersByTimeAsync(TIMINGS.deafMs);
  expect(lost).toBe(true);
});
