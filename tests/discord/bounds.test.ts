import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { InvalidRequests, MAX_INVALID, TooManyInvalid } from '../../src/discord/invalid-requests.ts';
import { Repeats } from '../../src/discord/repeats.ts';
import { Seen } from '../../src/discord/seen.ts';
import { jittered } from '../../src/discord/timings.ts';

const MINUTE_MS = 60_000;

let now: number;
beforeEach(() => {
  now = 5000;
});

describe('the budget of refused requests', () => {
  it('ends before Discord bans the address', () => {
    expect(MAX_INVALID).toBeLessThan(10_000);
    const invalid = new InvalidRequests(MAX_INVALID, () => now);
    for (let count = 1; count < MAX_INVALID; count++) invalid.count(429, 'user');
    expect(() => invalid.check()).not.toThrow();
    invalid.count(403, null);
    expect(() => invalid.check()).toThrow(TooManyInvalid);
  });

  it('is free again ten minutes after the first refusal, one by one', () => {
    const invalid = new InvalidRequests(2, () => now);
    invalid.count(401, null);
    now += MINUTE_MS;
    invalid.count(403, null);
    expect(() => invalid.check()).toThrow('none is sent for 540 s');
    now += 9 * MINUTE_MS - 1;
    expect(() => invalid.check()).toThrow('none is sent for 1 s');
    now += 1;
    expect(() => invalid.check()).not.toThrow();
    invalid.count(429, 'global');
    expect(() => invalid.check()).toThrow(TooManyInvalid);
  });

  it('counts neither what was taken, nor other errors, nor a limit that many bots share', () => {
    const invalid = new InvalidRequests(1, () => now);
    for (const status of [200, 204, 400, 404, 500, 502]) invalid.count(status, null);
    invalid.count(429, 'shared');
    expect(() => invalid.check()).not.toThrow();
  });

  it('holds though the counts are cut back', () => {
    const invalid = new InvalidRequests(3, () => now);
    for (let count = 0; count < 100; count++) invalid.count(403, null);
    expect(() => invalid.check()).toThrow(TooManyInvalid);
  });
});

describe('a line that repeats', () => {
  let lines: Record<string, unknown>[];
  let repeats: Repeats;
  beforeEach(() => {
    lines = [];
    const log = pino(
      { base: null, timestamp: false },
      { write: (line: string) => lines.push(JSON.parse(line)) },
    );
    repeats = new Repeats(log, MINUTE_MS, () => now);
  });

  it('is written once a minute, and then says how often it was left out', () => {
    for (let second = 0; second < 120; second++) {
      repeats.tell('warn', { second }, 'again');
      now += 1000;
    }
    expect(lines).toEqual([
      { level: 40, second: 0, msg: 'again' },
      { level: 40, second: 60, leftOut: 59, msg: 'again' },
    ]);
  });

  it('is told apart from another by its words and by what it is about', () => {
    for (const about of ['one', 'two', 'one']) repeats.tell('info', {}, 'again', about);
    repeats.tell('info', {}, 'something else');
    expect(lines.map(({ msg }) => msg)).toEqual(['again', 'again', 'something else']);
  });

  it('is forgotten behind many others', () => {
    repeats.tell('info', {}, 'again');
    for (let other = 0; other < 500; other++) repeats.tell('info', {}, `other ${other}`);
    repeats.tell('info', {}, 'again');
    expect(lines.filter(({ msg }) => msg === 'again')).toHaveLength(2);
  });
});

describe('what was seen', () => {
  it('is taken once, as long as it is remembered: the last 5,000', () => {
    const seen = new Seen();
    expect([seen.take('first'), seen.take('first')]).toEqual([true, false]);
    for (let id = 1; id < 5000; id++) seen.take(String(id));
    expect(seen.take('first')).toBe(false);
    seen.take('one more');
    expect(seen.take('first')).toBe(true);
  });
});

it('a wait with jitter lies between half and one and a half of what it is', () => {
  expect([0, 0.5, 0.999].map((random) => jittered(1000, () => random))).toEqual([500, 1000, 1499]);
});
