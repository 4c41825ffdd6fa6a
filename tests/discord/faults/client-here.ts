import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Client } from 'discord.js';
import { pino } from 'pino';
import { createClient } from '../../../src/discord/client.ts';
import { Delivery } from '../../../src/discord/delivery.ts';
import { InvalidRequests } from '../../../src/discord/invalid-requests.ts';
import { tokenRefused } from '../../../src/discord/login.ts';
import { Repeats } from '../../../src/discord/repeats.ts';
import { RequestBudget } from '../../../src/discord/request-budget.ts';
import { stayOnline } from '../../../src/discord/stay-online.ts';
import type { Timings } from '../../../src/discord/timings.ts';
import type { StandIn } from '../stand-in/stand-in.ts';
import { SHORT } from './short-timings.ts';

/** The bot's own client with all that keeps it online, but without anything to say: it starts at once. */
export interface ClientHere {
  /** The first one that is made. */
  readonly client: Client;
  readonly log: readonly { readonly msg: string; readonly [key: string]: unknown }[];
  /** Resolves after a login. */
  readonly online: Promise<Client<true>>;
  /** Resolves when it is over; with the error that ended it, or null. */
  readonly ended: Promise<Error | null>;
  stop(): Promise<Error | null>;
}

export function clientHere(
  { token, apiUrl }: Pick<StandIn, 'token' | 'apiUrl'>,
  options: Partial<Timings> = {},
): ClientHere {
  const timings = { ...SHORT, sameLineMs: 0, ...options };
  const log: ClientHere['log'][number][] = [];
  const repeats = new Repeats(
    pino({}, { write: (line: string) => log.push(JSON.parse(line)) }),
    timings.sameLineMs,
  );
  const failing = new AbortController();
  const refused = () => failing.abort(tokenRefused());
  const budget = new RequestBudget();
  const delivery = new Delivery({
    budget,
    invalid: new InvalidRequests(),
    timings,
    repeats,
    refused,
  });
  const next = () => createClient(apiUrl, delivery);
  const first = next();
  let last = first;
  const stop = new AbortController();
  let loggedIn = (_client: Client<true>): void => undefined;
  const online = new Promise<Client<true>>((resolve) => {
    loggedIn = resolve;
  });
  const ended = stayOnline({
    token,
    first,
    next: () => {
      last = next();
      return last;
    },
    online: async (client) => loggedIn(client),
    failed: failing.signal,
    stop: stop.signal,
    timings,
    repeats,
  }).then(
    async () => {
      await last.destroy();
      return null;
    },
    (error: Error) => error,
  );
  return {
    client: first,
    log,
    online,
    ended,
    stop: () => {
      stop.abort();
      return ended;
    },
  };
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
