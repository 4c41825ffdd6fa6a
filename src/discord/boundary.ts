import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';
import type { Bot } from './bot.ts';
import { reactionId, reactionInHand } from './reaction.ts';
import { reasonOf } from './reasons.ts';
import type { Words } from './words/words.ts';

/** The channel or the server that was asked in is no more, or the bot is no longer there. */
export class PlaceGone extends Error {
  override readonly name = 'PlaceGone';
}

/** The place is gone or shut: nobody is left to tell, and trying again would not help. */
const GONE = new Set<number | string>([
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownWebhook,
  RESTJSONErrorCodes.UnknownInteraction,
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.CannotSendMessagesToThisUser,
  RESTJSONErrorCodes.InvalidActionOnArchivedThread,
  RESTJSONErrorCodes.ThreadLocked,
  RESTJSONErrorCodes.InvalidWebhookToken,
]);

/**
 * Takes an event. What goes wrong before there is anybody to tell is logged, and the bot goes on: thrown into
 * discord.js, it would end the process.
 */
export function taken(bot: Bot, take: () => void): void {
  try {
    take();
  } catch (err) {
    bot.repeats.tell('error', { err }, 'an event could not be taken', (err as Error).message);
  }
}

/**
 * The one catch: runs a reaction, logs what went wrong under an id, and tells the user that id.
 * @param what for the log, such as `/ask`; never a user's text
 * @param snowflake Discord's id of what is reacted to
 * @param tell sends one sentence to the user
 */
export async function guarded(
  bot: Bot,
  what: string,
  snowflake: string,
  words: Words,
  react: () => Promise<void>,
  tell: (sentence: string) => Promise<void>,
): Promise<void> {
  const id = reactionId(snowflake);
  await reactionInHand.run({ id }, () => caught(bot, what, id, words, react, tell));
}

async function caught(
  bot: Bot,
  what: string,
  id: string,
  words: Words,
  react: () => Promise<void>,
  tell: (sentence: string) => Promise<void>,
): Promise<void> {
  const started = performance.now();
  bot.log.debug({ what }, 'arrived');
  try {
    await react();
    bot.log.info({ what, ms: Math.round(performance.now() - started) }, 'replied');
  } catch (error) {
    const code = codeOfGone(error);
    if (code !== null) {
      bot.repeats.tell('warn', { what, code }, 'the place is gone or shut; not answered', code);
      return;
    }
    const reason = reasonOf(error, bot.config, words);
    const { message } = error as Error;
    bot.log.error(reason === null ? { what, err: error } : { what, reason: message }, 'a reaction failed');
    const sentence = reason === null ? words.failed(id) : words.cannotAnswer(reason);
    await tell(sentence).catch((second: unknown) => {
      bot.log.warn({ what, err: second }, 'the failure could not be told');
    });
  }
}

/** Discord's code, or what stands for it, where the place is gone or shut; else null. */
function codeOfGone(error: unknown): number | string | null {
  if (error instanceof PlaceGone) return RESTJSONErrorCodes.UnknownChannel;
  return error instanceof DiscordAPIError && GONE.has(error.code) ? error.code : null;
}
