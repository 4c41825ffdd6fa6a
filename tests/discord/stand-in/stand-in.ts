import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { commandRoutes, selfRoutes } from './application-routes.ts';
import { Changes } from './changes.ts';
import { channelRoutes } from './channel-routes.ts';
import { Clock, type Now } from './clock.ts';
import type { Core } from './core.ts';
import { Faults } from './faults.ts';
import { Gateway } from './gateway.ts';
import type { RestRequest } from './http.ts';
import { interactionRoutes } from './interaction-routes.ts';
import { type Invocations, invocations } from './invoking.ts';
import { type Places, places } from './places.ts';
import { Rest, type Violation } from './rest.ts';
import { type Talk, talk } from './talk.ts';
import { threadRoutes } from './thread-routes.ts';
import { type User, World } from './world.ts';

export interface StandInOptions {
  /** The bot token that is accepted. */
  readonly token?: string;
  readonly botName?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** The time; `advance` puts it forward besides. */
  readonly now?: Now;
  readonly heartbeatIntervalMs?: number;
  /** Privileged intents switched on for the app, as bits; none by default. */
  readonly privilegedIntents?: number;
  /** How many shards `GET /gateway/bot` recommends. */
  readonly shards?: number;
  /** How many logins it takes in five seconds; by default it does not count them. */
  readonly maxConcurrency?: number;
}

/** A Discord on loopback: what a test does and sees in it. */
export interface StandIn extends Places, Talk, Invocations {
  /** For discord.js's `rest.api`: `http://127.0.0.1:PORT/api`. */
  readonly apiUrl: string;
  readonly token: string;
  readonly bot: User;
  /** `<@id>` of the bot. */
  readonly mention: string;
  readonly world: World;
  readonly gateway: Gateway;
  readonly faults: Faults;
  /** Every REST request so far, oldest first. */
  readonly requests: readonly RestRequest[];
  /** What Discord's description or limits forbid, and did happen. Empty after a good run. */
  readonly violations: readonly Violation[];
  /** The violations so far, which then count as expected. */
  takeViolations(): Violation[];
  /** Puts Discord's time forward, in milliseconds. */
  advance(ms: number): void;
  /**
   * Cuts all connections and frees the port; waits still open fail.
   * @throws naming the violations that were not taken
   */
  close(): Promise<void>;
}

/** Starts a Discord on a loopback port. @throws when `port` is taken */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const { token = 'stand-in-token', botName = 'liaison', port = 0 } = options;
  const clock = new Clock(options.now ?? Date.now);
  const changes = new Changes();
  const world = new World(clock, botName);
  const http = createServer((incoming, response) => {
    rest.serve(incoming, response).catch((error) => response.destroy(error));
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const { heartbeatIntervalMs = 41_250, privilegedIntents = 0, shards = 1, maxConcurrency } = options;
  const gatewayOptions = { token, heartbeatIntervalMs, privilegedIntents, maxConcurrency };
  const gateway = new Gateway(gatewayOptions, world, changes, http, () => origin.replace('http', 'ws'));
  const core: Core = { world, clock, changes, gateway, interactions: new Map(), origin, token };
  const faults = new Faults(gateway);
  const rest = new Rest(core, faults, [
    ...selfRoutes(core, shards, maxConcurrency ?? shards),
    ...commandRoutes(core),
    ...channelRoutes(core),
    ...threadRoutes(core),
    ...interactionRoutes(core),
  ]);
  const around = places(core);
  return {
    ...around,
    ...talk(core, around),
    ...invocations(core),
    apiUrl: `${origin}/api`,
    token,
    bot: world.bot,
    mention: `<@${world.bot.id}>`,
    world,
    gateway,
    faults,
    requests: rest.requests,
    violations: rest.violations,
    takeViolations: () => rest.violations.splice(0),
    advance: (ms) => clock.advance(ms),
    async close() {
      changes.close();
      gateway.close();
      const closed = new Promise((resolve) => http.close(resolve));
      http.closeAllConnections();
      await closed;
      const told = rest.violations.map(({ method, path, kind, message }) => {
        return `${kind} of ${method} ${path}: ${message}`;
      });
      if (told.length > 0) throw new Error(`Discord's rules were broken:\n${told.join('\n')}`);
    },
  };
}
