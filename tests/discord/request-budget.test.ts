import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  LEFT_BY_MESSAGES,
  MAX_WAITING,
  MESSAGES_A_SECOND,
  REQUESTS_A_SECOND,
  RequestBudget,
} from '../../src/discord/request-budget.ts';

let budget: RequestBudget;
/** What went, in order, since it was last looked at. */
let gone: string[];

beforeEach(() => {
  vi.useFakeTimers();
  budget = new RequestBudget();
  gone = [];
});
afterEach(() => vi.useRealTimers());

function ask(what: 'message' | 'other', times: number): void {
  for (let time = 0; time < times; time++) {
    void budget.take(what === 'message').then(() => gone.push(what));
  }
}

async function goneAfter(ms: number): Promise<Record<string, number>> {
  await vi.advanceTimersByTimeAsync(ms);
  const counts = { message: 0, other: 0 };
  for (const what of gone.splice(0)) counts[what as 'message' | 'other'] += 1;
  return counts;
}

it('lets no more go in a second than Discord takes', async () => {
  ask('other', 2 * REQUESTS_A_SECOND + 1);
  expect(await goneAfter(0)).toEqual({ message: 0, other: REQUESTS_A_SECOND });
  expect(await goneAfter(998)).toEqual({ message: 0, other: 0 });
  expect(await goneAfter(2)).toEqual({ message: 0, other: REQUESTS_A_SECOND });
  expect(await goneAfter(1000)).toEqual({ message: 0, other: 1 });
});

it('has a request to spare for each question that comes in while answers wait', async () => {
  ask('message', MAX_WAITING);
  expect(await goneAfter(0)).toEqual({ message: MESSAGES_A_SECOND, other: 0 });
  ask('other', MESSAGES_A_SECOND);
  expect(await goneAfter(0)).toEqual({ message: 0, other: MESSAGES_A_SECOND });
});

it('lets messages go behind all others, and leaves some requests', async () => {
  ask('other', REQUESTS_A_SECOND - LEFT_BY_MESSAGES - 1);
  ask('message', 3);
  expect(await goneAfter(0)).toEqual({ message: 1, other: REQUESTS_A_SECOND - LEFT_BY_MESSAGES - 1 });
  ask('other', REQUESTS_A_SECOND);
  expect(await goneAfter(0)).toEqual({ message: 0, other: LEFT_BY_MESSAGES });
});

it('gives all to messages when too many of them wait', async () => {
  ask('message', MAX_WAITING + MESSAGES_A_SECOND);
  expect(budget.overrun).toBe(false);
  ask('message', REQUESTS_A_SECOND);
  expect(budget.overrun).toBe(true);
  expect(await goneAfter(0)).toEqual({ message: REQUESTS_A_SECOND, other: 0 });
  await goneAfter(1000);
  expect(budget.overrun).toBe(false);
});

it('lets every request go once', async () => {
  ask('message', 500);
  ask('other', 500);
  expect(await goneAfter(60_000)).toEqual({ message: 500, other: 500 });
});
