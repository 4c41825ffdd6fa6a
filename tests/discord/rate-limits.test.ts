import { beforeEach, expect, it } from 'vitest';
import { RateLimits, SERVER_RATE, USER_RATE } from '../../src/discord/rate-limits.ts';

let now: number;
let rates: RateLimits;

beforeEach(() => {
  now = 5000;
  rates = new RateLimits(() => now);
});

it('takes so many questions of a user, then tells the exact wait', () => {
  for (let asked = 0; asked < USER_RATE.most; asked++) {
    expect(rates.take('alice', null)).toBeNull();
    now += 100;
  }
  const ms = USER_RATE.windowMs - USER_RATE.most * 100;
  expect(rates.take('alice', null)).toEqual({ whose: 'user', ms });
  now += ms - 1;
  expect(rates.take('alice', null)).toEqual({ whose: 'user', ms: 1 });
  now += 1;
  expect(rates.take('alice', null)).toBeNull();
  expect(rates.take('alice', null)).toEqual({ whose: 'user', ms: 100 });
});

it('lets others ask meanwhile', () => {
  for (let asked = 0; asked <= USER_RATE.most; asked++) rates.take('alice', 'a server');
  expect(rates.take('bob', 'a server')).toBeNull();
});

it('takes so many questions of a server, whoever asks', () => {
  for (let asked = 0; asked < SERVER_RATE.most; asked++)
    expect(rates.take(`user ${asked}`, 'one')).toBeNull();
  expect(rates.take('alice', 'one')).toEqual({ whose: 'server', ms: SERVER_RATE.windowMs });
  expect(rates.take('alice', 'two')).toBeNull();
  expect(rates.take('alice', null)).toBeNull();
});
