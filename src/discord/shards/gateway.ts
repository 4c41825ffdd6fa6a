import { type APIGatewayBotInfo, DiscordAPIError, REST, Routes } from 'discord.js';
import { pause } from '../delivery.ts';
import { tokenRefused } from '../login.ts';
import type { Repeats } from '../repeats.ts';
import { jittered, type Timings } from '../timings.ts';
import { SessionLost } from '../watchdog.ts';

const UNAUTHORISED = 401;

export interface Asking {
  readonly token: string;
  readonly apiUrl: string | undefined;
  readonly timings: Timings;
  readonly repeats: Repeats;
  /** Aborted when the bot is told to stop. */
  readonly stop: AbortSignal;
}

/** What Discord recommends. */
export interface Recommended {
  readonly shards: number;
  /** Logins that it takes in five seconds. */
  readonly logins: number;
}

/**
 * Asks Discord how many shards there should be, again with a growing back-off while it is out of reach.
 * @returns null when the bot was told to stop meanwhile
 * @throws {OperatorError} when the token is refused
 * @throws {SessionLost} when Discord was out of reach for too long
 */
export async function askRecommended(asking: Asking): Promise<Recommended | null> {
  const { token, apiUrl, timings, repeats, stop } = asking;
  const rest = new REST({
    ...(apiUrl !== undefined && { api: apiUrl }),
    retries: 0,
    timeout: timings.attemptMs,
  });
  rest.setToken(token);
  const begun = performance.now();
  for (let waitMs = timings.firstLoginWaitMs; !stop.aborted; waitMs = nextWait(waitMs, timings)) {
    try {
      const { shards, session_start_limit: limit } = (await rest.get(
        Routes.gatewayBot(),
      )) as APIGatewayBotInfo;
      return { shards, logins: limit.max_concurrency };
    } catch (error) {
      if (error instanceof DiscordAPIError && error.status === UNAUTHORISED) throw tokenRefused();
      const { code, message } = error as NodeJS.ErrnoException;
      const reason = message || (code ?? String(error));
      if (performance.now() - begun > timings.giveUpMs) {
        throw new SessionLost(`Discord out of reach for ${Math.round(timings.giveUpMs / 1000)} s: ${reason}`);
      }
      const pauseMs = jittered(waitMs);
      const seconds = Math.ceil(pauseMs / 1000);
      repeats.tell('warn', { reason, seconds }, 'Discord is out of reach; asking again', reason);
      await pause(pauseMs, stop);
    }
  }
  return null;
}

function nextWait(waitMs: number, { longestLoginWaitMs }: Timings): number {
  return Math.min(longestLoginWaitMs, waitMs * 2);
}
