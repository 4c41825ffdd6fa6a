import path from 'node:path';
import { UnquotableArticle } from '../answering/quote.ts';
import { OperatorError } from '../operator-error.ts';
import { SeedError } from '../seeds/seed-error.ts';
import { SeedRefusal } from '../seeds/seed-refusal.ts';
import type { Bot, BotConfig } from './bot.ts';
import { clip, inert } from './markdown.ts';
import type { Words } from './words/words.ts';

/** Longest reason shown to a user, in UTF-16 units. */
const MAX_REASON_UNITS = 500;

/**
 * Why something was refused that the operator can mend, for people in Discord: without the operator's folders, which
 * are in the log.
 * @returns inert, or null for anything else
 */
export function reasonOf(error: unknown, config: BotConfig, words: Words): string | null {
  if (error instanceof UnquotableArticle) return words.articleChanged(inert(clip(error.title, 200)));
  if (error instanceof SeedRefusal) return inert(clip(error.in(words.changes.reasons), MAX_REASON_UNITS));
  if (!(error instanceof OperatorError || error instanceof SeedError)) return null;
  return inert(clip(withoutFolders(error.message, config), MAX_REASON_UNITS));
}

/**
 * Does something that the operator may have to mend: then the reason is told, and logged whole.
 * @param unmade what did not come about, for the log
 * @throws what is no mistake of the operator's
 */
export async function orReason<Result>(
  { config, log }: Pick<Bot, 'config' | 'log'>,
  words: Words,
  unmade: string,
  act: () => Promise<Result>,
  tell: (reason: string) => Result | Promise<Result>,
  level: 'warn' | 'error' = 'error',
): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    const reason = reasonOf(error, config, words);
    if (reason === null) throw error;
    log[level]({ reason: (error as Error).message }, unmade);
    return tell(reason);
  }
}

/** A message for the operator, with the last part of each folder's name in the place of where it lies. */
export function withoutFolders(message: string, config: BotConfig): string {
  const folders = [config.seedsFolder, config.indexFolder, config.modelsFolder]
    .filter((folder) => folder.length > 1)
    // The longer first: one may lie in another.
    .sort((a, b) => b.length - a.length);
  return folders.reduce((text, folder) => text.replaceAll(folder, path.basename(folder)), message);
}
