import { queryObjects } from 'node:v8';
import { Client } from 'discord.js';
import { pino } from 'pino';
import { readConfig } from '../../../src/config.ts';
import { reactionInHand } from '../../../src/discord/reaction.ts';
import { runBot } from '../../../src/discord/start.ts';
import type { Timings } from '../../../src/discord/timings.ts';

/** What the process is given to start with. */
export interface Start {
  readonly token: string;
  readonly apiUrl: string;
  readonly seedsFolder: string;
  readonly indexFolder: string;
  readonly timings: Timings;
}

/** What the process tells: a line of its log, a warning of Node's, or how it is. */
export type Told = { readonly line: Line } | { readonly warning: string } | { readonly figures: Figures };

interface Line {
  readonly msg: string;
  readonly level: number;
  readonly id?: string;
  readonly err?: { readonly message: string };
}

/** After all garbage is collected. */
export interface Figures {
  readonly heapMb: number;
  readonly rssMb: number;
  /** Sockets, timers and processes that are open. */
  readonly handles: number;
  /** discord.js clients that live: one that was lost must go. */
  readonly clients: number;
}

const tell = (told: Told) => process.send?.(told);

/** Whatever is held for a moment after it is done with. */
const SETTLE_MS = 200;

async function figures(): Promise<Figures> {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  global.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return {
    heapMb: heapUsed / 2 ** 20,
    rssMb: rss / 2 ** 20,
    handles: process.getActiveResourcesInfo().length,
    clients: queryObjects(Client, { format: 'count' }) as unknown as number,
  };
}

const stop = new AbortController();
process.on('warning', ({ name, message }) => {
  // Of `queryObjects` above.
  if (name !== 'ExperimentalWarning') tell({ warning: `${name}: ${message}` });
});
process.once('message', async ({ token, apiUrl, seedsFolder, indexFolder, timings }: Start) => {
  process.on('message', async (asked) => {
    if (asked === 'stop') stop.abort();
    else tell({ figures: await figures() });
  });
  const settings = {
    ...readConfig({}),
    seedsFolder,
    indexFolder,
    discordToken: token,
    discordApiUrl: apiUrl,
  };
  const mixin = () => ({ ...reactionInHand.getStore() });
  const log = pino({ level: 'debug', mixin }, { write: (line: string) => tell({ line: JSON.parse(line) }) });
  await runBot(settings, { log, timings, stop: stop.signal });
  process.disconnect();
});
