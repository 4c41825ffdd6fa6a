import { type Client, type CloseEvent, Events } from 'discord.js';
import { isLive } from './liveness.ts';
import { DiscordRefusal, refusalOf } from './login.ts';
import type { Timings } from './timings.ts';

/** Attempts of discord.js, one every half second, after which a login with a back-off is better. */
const MAX_RECONNECTS = 8;
/** Looks that come later than so many times their interval tell of this process, not of Discord. */
const MAX_LOOK_LATE = 5;

/** `EX_TEMPFAIL` of sysexits.h: a supervisor starts the bot again. */
export const EXIT_NO_SESSION = 75;

/** The session is of no use any more; another login may bring a better one. */
export class SessionLost extends Error {
  override readonly name = 'SessionLost';
}

/**
 * Watches a client for what discord.js does not notice: a RESUME without an answer, a server that refuses it again and
 * again, a close after which nothing is tried.
 */
export class Watchdog {
  /** Rejects with `SessionLost`, or with a `DiscordRefusal` for what no other login would mend. */
  readonly lost: Promise<never>;
  readonly #timer: NodeJS.Timeout;

  constructor(client: Client, { deafMs, lookMs }: Timings) {
    const started = Date.now();
    let reject: (reason: Error) => void = () => undefined;
    this.lost = new Promise((_, rejected) => {
      reject = rejected;
    });
    this.lost.catch(() => undefined);
    let [looked, deafFor] = [performance.now(), 0];
    this.#timer = setInterval(() => {
      // While this process was held up nobody listened; what Discord sent is only read now.
      deafFor += Math.min(performance.now() - looked, MAX_LOOK_LATE * lookMs);
      looked = performance.now();
      if (isLive(client, started)) deafFor = 0;
      else if (deafFor >= deafMs) {
        reject(new SessionLost(`Discord was not heard for ${Math.round(deafMs / 1000)} s`));
      }
    }, lookMs);
    let reconnects = 0;
    client.on(Events.ShardReconnecting, () => {
      reconnects += 1;
      if (reconnects > MAX_RECONNECTS)
        reject(new SessionLost(`Discord ended ${reconnects} connections in a row`));
    });
    const settled = () => {
      reconnects = 0;
    };
    client.on(Events.ShardReady, settled).on(Events.ShardResume, settled);
    client.on(Events.ShardDisconnect, ({ code }: CloseEvent) => {
      reject(new DiscordRefusal(`Discord: ${refusalOf(code)} (code ${code})`));
    });
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
