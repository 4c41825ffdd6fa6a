import {
  ChannelType,
  Client,
  GatewayIntentBits,
  type GatewayMessageCreateDispatchData,
  Options,
  Partials,
  SimpleShardingStrategy,
} from 'discord.js';
import type { ShardPlace } from '../config.ts';
import type { Delivery } from './delivery.ts';

/** Messages that discord.js keeps a channel, however many channels: a reply brings the one it answers along. */
const CACHED_MESSAGES = 2;
/** Above all attempts of a request together, which `Delivery` counts. */
const REQUEST_TIMEOUT_MS = 20 * 60_000;
/** discord.js waits half a second before it connects again. */
const BETWEEN_CONNECTIONS_MS = 1000;

/** A client's part of the servers. */
export interface OneShard extends ShardPlace {
  /** Resolves when it may log in. */
  readonly identify: () => Promise<void>;
}

/**
 * A client that asks for no privileged intent, whose messages ping nobody, and which keeps its token.
 * @param apiUrl another root of Discord's API; Discord's own when undefined
 * @param shard null for one that has all servers
 */
export function createClient(
  apiUrl: string | undefined,
  delivery: Delivery,
  shard: OneShard | null = null,
): Client {
  const { Guilds, GuildMessages, DirectMessages } = GatewayIntentBits;
  const client = new Client({
    intents: [Guilds, GuildMessages, DirectMessages],
    partials: [Partials.Channel],
    allowedMentions: { parse: [], repliedUser: false },
    // Said always: discord.js would read `SHARDS` its own way.
    shards: [shard?.index ?? 0],
    shardCount: shard?.count ?? 1,
    ws: {
      buildStrategy: (manager) => new ThoroughStrategy(manager),
      ...(shard !== null && { buildIdentifyThrottler: async () => ({ waitForIdentify: shard.identify }) }),
    },
    rest: {
      ...(apiUrl !== undefined && { api: apiUrl }),
      makeRequest: delivery.send,
      retries: 0,
      timeout: REQUEST_TIMEOUT_MS,
      globalRequestsPerSecond: Number.POSITIVE_INFINITY,
    },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: CACHED_MESSAGES,
      UserManager: { maxSize: 1000, keepOverLimit: (user) => user.id === user.client.user.id },
      GuildMemberManager: { maxSize: 100, keepOverLimit: (member) => member.id === member.client.user.id },
      ReactionManager: 0,
      PresenceManager: 0,
    }),
  });
  keepToken(client);
  nameDirectMessages(client);
  return client;
}

/**
 * discord.js forgets the token after a single 401, and then sends nothing any more
 * (https://github.com/discordjs/discord.js/issues/7492); also when it is destroyed, though answers are in hand.
 */
function keepToken({ rest }: Client): void {
  const setToken = rest.setToken.bind(rest);
  rest.setToken = (token: string | null) => (token === null ? rest : setToken(token));
}

/** discord.js drops a direct message that does not say where it stands. */
function nameDirectMessages(client: Client): void {
  const gateway = client.ws as unknown as NodeJS.EventEmitter;
  gateway.on(
    'MESSAGE_CREATE',
    (message: GatewayMessageCreateDispatchData & { channel_type?: ChannelType }) => {
      if (message.guild_id === undefined) message.channel_type ??= ChannelType.DM;
    },
  );
}

interface DestroyableShard {
  destroy(options: object | undefined): Promise<void>;
}

/** discord.js overlooks a shard that waits to connect again when it is destroyed: it would go on for ever. */
class ThoroughStrategy extends SimpleShardingStrategy {
  override async destroy(options?: Parameters<SimpleShardingStrategy['destroy']>[0]): Promise<void> {
    const { shards } = this as unknown as { readonly shards: ReadonlyMap<number, DestroyableShard> };
    const all = [...shards.values()];
    await super.destroy(options);
    setTimeout(() => {
      for (const shard of all) void shard.destroy(options);
    }, BETWEEN_CONNECTIONS_MS).unref();
  }
}
