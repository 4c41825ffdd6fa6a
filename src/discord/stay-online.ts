import type { Client } from 'discord.js';
import { OperatorError } from '../operator-error.ts';
import { pause } from './delivery.ts';
import { login } from './login.ts';
import type { Repeats } from './repeats.ts';
import { jittered, type Timings } from './timings.ts';
import { SessionLost, Watchdog } from './watchdog.ts';

export interface Stay {
  readonly token: string;
  /** The first client, and a new one for each further login: discord.js's cannot be used twice. */
  readonly first: Client;
  readonly next: () => Client;
  /** Called after each login. */
  readonly online: (client: Client<true>) => Promise<void>;
  /** Aborted, with the reason, when the bot must leave for another one, such as a token that is refused. */
  readonly failed: AbortSignal;
  /** Aborted when the bot is told to stop. */
  readonly stop: AbortSignal;
  readonly timings: Timings;
  readonly repeats: Repeats;
}

/**
 * Logs in, and again with a growing back-off whenever the session is lost, until the bot is told to stop. The last
 * client is then still logged in.
 * @throws {OperatorError} for what another login would not mend
 * @throws {SessionLost} when there was no session for too long
 */
export async function stayOnline(stay: Stay): Promise<void> {
  const { timings, stop, repeats } = stay;
  const lastOnline = { at: performance.now() };
  let waitMs = timings.firstLoginWaitMs;
  for (let client = stay.first; ; client = stay.next()) {
    const begun = performance.now();
    try {
      await oneSession(client, stay, lastOnline);
      return;
    } catch (error) {
      await client.destroy();
      if (error instanceof OperatorError || stop.aborted) throw error;
      const reason = reasonOf(error);
      // A session that held for long was a good one: the next login comes soon.
      if (performance.now() - begun > timings.longestLoginWaitMs) waitMs = timings.firstLoginWaitMs;
      if (performance.now() - lastOnline.at > timings.giveUpMs) {
        throw new SessionLost(
          `no session with Discord for ${Math.round(timings.giveUpMs / 1000)} s: ${reason}`,
        );
      }
      const pauseMs = jittered(waitMs);
      const seconds = Math.ceil(pauseMs / 1000);
      repeats.tell('warn', { reason, seconds }, 'no session with Discord; logging in again', reason);
      await pause(pauseMs, stop);
      if (stop.aborted) return;
      waitMs = Math.min(timings.longestLoginWaitMs, waitMs * 2);
    }
  }
}

/** Resolves when the bot is told to stop. @throws when the session cannot be had, or is lost */
async function oneSession(client: Client, stay: Stay, lastOnline: { at: number }): Promise<void> {
  const watchdog = new Watchdog(client, stay.timings);
  const { ended, release } = endOf(watchdog, stay);
  try {
    const logged = await Promise.race([ended, login(client, stay.token)]);
    if (logged === 'stopped') return;
    try {
      await Promise.race([ended, stay.online(logged)]);
      await ended;
    } finally {
      lastOnline.at = performance.now();
    }
  } finally {
    release();
    watchdog.stop();
  }
}

/**
 * The end of a session. What outlives it must be let go of by `release`, or it would keep every client that there ever
 * was.
 */
function endOf({ lost }: Watchdog, { stop, failed }: Stay) {
  let release = (): void => undefined;
  const ended = new Promise<'stopped'>((resolve, reject) => {
    const stopped = () => resolve('stopped');
    const broken = () => reject(failed.reason);
    release = () => {
      stop.removeEventListener('abort', stopped);
      failed.removeEventListener('abort', broken);
    };
    stop.addEventListener('abort', stopped);
    failed.addEventListener('abort', broken);
    if (stop.aborted) stopped();
    if (failed.aborted) broken();
    lost.catch(reject);
  });
  ended.catch(() => undefined);
  return { ended, release };
}

/** `connect ECONNREFUSED 127.0.0.1:443`, `Service Unavailable`. */
function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return message || (code ?? String(error));
}
