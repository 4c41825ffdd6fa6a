import type { Answer } from '../answering/answer.ts';
import type { Exchange } from '../answering/library.ts';
import type { Seed } from '../seeds/seed.ts';
import type { Bot } from './bot.ts';
import { seedOfMark } from './custom-ids.ts';
import { MAX_ASKED_UNITS } from './limits.ts';
import type { Wait } from './rate-limits.ts';
import type { Words } from './words/words.ts';

/** Most quotes that an answer has, shown on pages. */
export const MAX_QUOTES = 10;

/** A question as it is asked and kept: on one line, without white space around it. */
export function tidy(question: string): string {
  return question.replace(/\s+/g, ' ').trim();
}

/** Whether there is anything to read in a text: not only white space and invisible characters. */
export function isBlank(text: string): boolean {
  return !/[^\s\p{Cf}\p{Cc}\p{Mn}]/u.test(text);
}

/** Why a question is not taken, in one sentence; null when it is, and then it counts. */
export async function refusal(
  bot: Bot,
  question: string,
  who: { readonly user: string; readonly server: string | null },
  words: Words,
): Promise<string | null> {
  if (question.length > MAX_ASKED_UNITS) return words.tooLong(question.length, MAX_ASKED_UNITS);
  return tooFast(bot, who, words);
}

/** Takes a turn for a user, or says in one sentence how long to wait. */
export async function tooFast(
  bot: Bot,
  { user, server }: { readonly user: string; readonly server: string | null },
  words: Words,
): Promise<string | null> {
  const wait: Wait | null = await bot.rates.take(user, server);
  if (wait === null) return null;
  const seconds = Math.ceil(wait.ms / 1000);
  return wait.whose === 'user' ? words.wait(seconds) : words.waitServer(seconds);
}

/** The seed that a user named: its id, or the mark in a button; undefined for none such. */
export function namedSeed(bot: Bot, name: string): Seed | undefined {
  const { seeds } = bot.library;
  return seedOfMark(name, seeds) ?? seeds.find(({ id }) => id === name);
}

/** Asks the library, counts the question, and notes which seed this place is talking about. */
export async function ask(
  bot: Bot,
  question: string,
  options: { readonly only?: Seed | undefined; readonly previous?: Exchange | null },
  channelId: string | null,
): Promise<Answer> {
  const { only, previous } = options;
  const started = performance.now();
  const answer = await bot.library.ask(question, {
    ...(only && { seed: only.id }),
    ...(previous && { previous }),
  });
  bot.metrics?.asked(answer.outcome, (performance.now() - started) / 1000);
  bot.lastSeeds.note(channelId, answer);
  return answer;
}
