import type { Client } from 'discord.js';
import type { Logger } from 'pino';
import type { Library, LibraryOptions } from '../answering/library.ts';
import type { ShardPlace } from '../config.ts';
import type { Embedder } from '../embedding/embedder.ts';
import type { SeedChanges } from '../seeds/seed-changes.ts';
import type { AnsweringPlaces } from './answering-places.ts';
import type { LastSeeds } from './last-seeds.ts';
import type { Metrics } from './metrics.ts';
import type { Rates } from './rate-limits.ts';
import type { Rebuild } from './rebuild.ts';
import type { Repeats } from './repeats.ts';
import type { RequestBudget } from './request-budget.ts';
import type { Report } from './shards/messages.ts';
import type { WorkInHand } from './work-in-hand.ts';

/** What the operator sets for the Discord side. */
export interface BotConfig extends Omit<LibraryOptions, 'report'> {
  readonly discordToken: string | undefined;
  /** Another root of Discord's API, as discord.js's `rest.api` takes it. */
  readonly discordApiUrl: string | undefined;
  /** All that the process which holds the model sees of the environment. */
  readonly modelEnvironment: Readonly<Record<string, string>>;
  /** Beginnings of the addresses that articles may be fetched from. */
  readonly seedUrls: readonly string[];
  /** Whether changes of the articles on disk are taken up without being asked to. */
  readonly watchSeeds: boolean;
  readonly adminRoleIds: readonly string[];
  readonly adminUserIds: readonly string[];
  /** Loopback port of the health endpoint; none when undefined. */
  readonly healthPort: number | undefined;
  /** Into how many processes the servers are divided; undefined for one. */
  readonly shards: number | 'auto' | undefined;
  /** Which of them this is; null where this process has all servers. */
  readonly shard: ShardPlace | null;
  /** One of pino's levels. */
  readonly logLevel: string;
}

/** What every reaction of the bot needs; made once, in `start.ts`. */
export interface Bot {
  /** The one that is logged in; another one after the session was lost. */
  client: Client<true>;
  readonly config: BotConfig;
  readonly log: Logger;
  readonly repeats: Repeats;
  /** The one reference to the library that answers; a rebuild swaps it. */
  library: Library;
  readonly rebuild: Rebuild;
  readonly seedChanges: SeedChanges;
  /** The model, for what can wait until no question does. */
  readonly background: Embedder;
  readonly places: AnsweringPlaces;
  readonly lastSeeds: LastSeeds;
  readonly rates: Rates;
  readonly requests: RequestBudget;
  readonly work: WorkInHand;
  /** Null where no health endpoint is wanted. */
  readonly metrics: Metrics | null;
  /** When this process began, in milliseconds since 1970. */
  readonly startedAt: number;
  /** How each process of the bot is, this one among them; null for one that does not say. */
  readonly reports: () => Promise<readonly (Report | null)[]>;
}
