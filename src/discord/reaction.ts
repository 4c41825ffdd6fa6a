import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';

/** Hexadecimal digits of an id: 40 bits, enough to tell the questions of a log apart. */
const ID_DIGITS = 10;

/** What is being reacted to, for every log line that comes of it. */
export const reactionInHand = new AsyncLocalStorage<{ readonly id: string }>();

/**
 * The one id of a question or a press from its arrival to its reply. It follows from Discord's own id, so one that
 * comes twice has the same, and does not tell it: the log names no message.
 */
export function reactionId(snowflake: string): string {
  return createHash('sha256').update(snowflake).digest('hex').slice(0, ID_DIGITS);
}
