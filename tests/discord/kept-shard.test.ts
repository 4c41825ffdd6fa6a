import { EventEmitter } from 'node:events';
import type { Shard } from 'discord.js';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { KeptShard } from '../../src/discord/shards/kept-shard.ts';
import type { Question } from '../../src/discord/shards/messages.ts';
import { TIMINGS } from '../../src/discord/timings.ts';
import type { OperatorError } from '../../src/operator-error.ts';

/** discord.js's shard, without a process: a test says what that does. */
class ScriptedShard extends EventEmitter {
  readonly id = 3;
  readonly sent: unknown[] = [];
  starts = 0;
  process: { connected: boolean; kill(signal: string): void } | null = null;

  async spawn(): Promise<void> {
    this.starts += 1;
    this.process = { connected: true, kill: () => this.end(null, 'SIGKILL') };
  }

  async send(message: unknown): Promise<void> {
    this.sent.push(message);
  }

  say(message: object): void {
    this.emit('message', message);
  }

  end(exitCode: number | null, signalCode: string | null = null): void {
    this.emit('death', { exitCode, signalCode });
    this.process = null;
  }
}

let shard: ScriptedShard;
let kept: KeptShard;
let log: { msg: string; seconds?: number; reason?: string }[];
let failed: OperatorError[];
let answer: (question: Question, gone: AbortSignal) => Promise<unknown>;

beforeEach(() => {
  vi.useFakeTimers();
  shard = new ScriptedShard();
  log = [];
  failed = [];
  answer = async () => null;
  kept = new KeptShard(shard as unknown as Shard, {
    log: pino({}, { write: (line) => log.push(JSON.parse(line)) }),
    timings: TIMINGS,
    answer: (_shard, question, gone) => answer(question, gone),
    opened: () => undefined,
    failed: (error) => failed.push(error),
  });
  kept.start();
});
afterEach(() => vi.useRealTimers());

/** The longest that a wait of `ms` may take. */
const longest = (ms: number) => ms * 1.5;

it('is started again after waits that grow up to a minute, and soon again when it ran for long', async () => {
  shard.say({ tell: 'opened' });
  for (const waitMs of [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000]) {
    const { starts } = shard;
    shard.end(null, 'SIGKILL');
    await vi.advanceTimersByTimeAsync(waitMs / 2 - 1);
    expect(shard.starts).toBe(starts);
    await vi.advanceTimersByTimeAsync(longest(waitMs));
    expect(shard.starts).toBe(starts + 1);
  }
  await vi.advanceTimersByTimeAsync(TIMINGS.longestLoginWaitMs + 1);
  shard.end(75);
  expect(log.at(-1)?.seconds).toBeLessThanOrEqual(2);
});

it('ends all with what the operator must mend, before it was ever open', () => {
  shard.say({ tell: 'mistake', message: 'seeds: none', everywhere: false });
  shard.end(1);
  expect(failed.map(({ message }) => message)).toEqual(['seeds: none']);
});

it('ends all when it ended with a mistake that it could not tell', () => {
  shard.end(1);
  expect(failed[0]?.message).toBe('shard 3 ended with status 1; mend what the line above says');
});

it('is tried again, and the others go on, when something must be mended later', async () => {
  shard.say({ tell: 'opened' });
  shard.end(null, 'SIGKILL');
  await vi.advanceTimersByTimeAsync(longest(1000));
  shard.say({ tell: 'mistake', message: 'seeds: none', everywhere: false });
  shard.end(1);
  expect(failed).toEqual([]);
  expect(log.at(-1)).toMatchObject({ msg: 'a shard ended; it is started again', reason: 'seeds: none' });
});

it('ends all when Discord refuses the bot, whenever that is', () => {
  shard.say({ tell: 'opened' });
  shard.say({ tell: 'mistake', message: 'Discord: the token is refused', everywhere: true });
  shard.end(1);
  expect(failed[0]?.message).toBe('Discord: the token is refused');
});

it('is told since when its servers were not heard, with the seconds before while nonces are known', async () => {
  expect(kept.since).toBeNull();
  shard.end(null, 'SIGKILL');
  expect(kept.since).toBeNull();
  await vi.advanceTimersByTimeAsync(longest(1000));
  shard.say({ tell: 'online' });
  const endedAt = Date.now();
  shard.end(null, 'SIGKILL');
  expect(kept.since).toBe(endedAt - 10_000);
  await vi.advanceTimersByTimeAsync(60_000);
  shard.end(null, 'SIGKILL');
  expect(kept.since).toBe(endedAt);
  shard.say({ tell: 'online' });
  expect(kept.since).toBeNull();
});

it('is answered by its question’s number, and not when its process is gone', async () => {
  answer = async ({ ask }) => ask;
  shard.say({ ask: 'identify', id: 7 });
  await vi.advanceTimersByTimeAsync(0);
  expect(shard.sent).toEqual([{ answer: 7, value: 'identify' }]);
  let gone: AbortSignal | undefined;
  answer = (_question, signal) => {
    gone = signal;
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  };
  shard.say({ ask: 'identify', id: 8 });
  shard.end(null, 'SIGKILL');
  await vi.advanceTimersByTimeAsync(0);
  expect(gone?.aborted).toBe(true);
  expect(shard.sent).toHaveLength(1);
});

it('says how it is, or nothing when it is silent or gone', async () => {
  expect(await kept.report(1000)).toBeNull();
  shard.say({ tell: 'opened' });
  const silent = kept.report(1000);
  await vi.advanceTimersByTimeAsync(1000);
  expect(await silent).toBeNull();
  const gone = kept.report(1000);
  shard.end(null, 'SIGKILL');
  expect(await gone).toBeNull();
});

it('is killed when it does not end in time', async () => {
  const stopped = kept.stop(20_000);
  expect(shard.sent).toEqual([{ stop: true }]);
  await vi.advanceTimersByTimeAsync(20_000);
  await stopped;
  expect(shard.process).toBeNull();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(shard.starts).toBe(1);
});

it('is not started again once it was told to stop', async () => {
  shard.say({ tell: 'opened' });
  shard.end(null, 'SIGKILL');
  await kept.stop(20_000);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(shard.starts).toBe(1);
});
