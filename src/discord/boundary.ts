import { randomBytes } from 'node:crypto';
import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';
import { OperatorError } from '../operator-error.ts';
import type { Bot } from './bot.ts';
import { clip, inert } from './markdown.ts';
import type { Words } from './words/words.ts';

/** Longest reason shown to a user, in UTF-16 units. */
const MAX_REASON_UNITS = 500;

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
 * The one catch: runs a reaction, logs what went wrong under an id, and tells the user that id.
 * @param what for the log, such as `/ask`; never a user's text
 * @param tell sends one sentence to the user
 */
export async function guarded(
  bot: Bot,
  what: string,
  words: Words,
  react: () => Promise<void>,
  tell: (sentence: string) => Promise<void>,
): Promise<void> {
  try {
    await react();
  } catch (error) {
    if (error instanceof DiscordAPIError && GONE.has(error.code)) {
      bot.log.warn({ what, code: error.code }, 'the place is gone or shut; not answered');
      return;
    }
    const id = randomBytes(4).toString('hex');
    const expected = error instanceof OperatorError;
    bot.log.error(
      expected ? { what, id, reason: error.message } : { what, id, err: error },
      'a reaction failed',
    );
    const sentence = expected
      ? words.cannotAnswer(inert(clip(error.message, MAX_REASON_UNITS)))
      : words.failed(id);
    await tell(sentence).catch((second: unknown) => {
      bot.log.warn({ what, id, err: second }, 'the failure could not be told');
    });
  }
}
