import { once } from 'node:events';
import { setImmediate as nextTurn, setTimeout } from 'node:timers/promises';
import {
  ChannelType,
  Client,
  Events,
  GatewayDispatchEvents,
  GatewayIntentBits,
  type GatewayMessageCreateDispatchData,
  Options,
  Partials,
  SimpleIdentifyThrottler,
  SimpleShardingStrategy,
} from 'discord.js';
import type { ShardPlace } from '../config.ts';
import type { Delivery } from './delivery.ts';

/** Messages that discord.js keeps a channel, however many channels: a reply brings the one it answers along. */
const CACHED_MESSAGES = 2;
/** Above all attempts of a request together, which `Delivery` counts. */
const REQUEST_TIMEOUT_MS = 20 * 60_000;

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
      buildIdentifyThrottler: throttler(shard),
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
  catchWhatHandlersThrow(client);
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

/** What is used of discord.js's dispatcher here. */
interface Dispatcher {
  handlePacket(packet?: { readonly t: string }, shard?: { readonly sessionInfo: object | null }): boolean;
}

/**
 * What discord.js's own handlers throw is caught by nobody, and would end the process: so a RESUMED does when Discord
 * ends the session right behind it, and whatever it sends that cannot be read.
 */
function catchWhatHandlersThrow(client: Client): void {
  const dispatcher = client.ws as unknown as Dispatcher;
  const handle = dispatcher.handlePacket.bind(dispatcher);
  dispatcher.handlePacket = (packet, shard) => {
    // There is nothing to take up any more; the next login brings what was missed.
    if (packet?.t === GatewayDispatchEvents.Resumed && shard?.sessionInfo === null) return false;
    try {
      return handle(packet, shard);
    } catch (error) {
      client.emit(Events.Error, error as Error);
      return false;
    }
  };
}

/** What is used of discord.js's own shards here. */
interface InnerShard {
  readonly connection: (Pick<WebSocket, 'readyState'> & Handlers & { terminate(): void }) | null;
  readonly heartbeatInterval: NodeJS.Timeout | null;
  readonly initialHeartbeatTimeoutController: AbortController | null;
  internalConnect(): Promise<void>;
}
interface Handlers {
  onmessage: unknown;
  onclose: unknown;
  onerror: unknown;
}

/** `WebSocket.OPEN` */
const OPEN = 1;
/** For Discord to take leave of a connection in; a dead one would take half a minute. */
const LEAVING_MS = 2000;

/**
 * Lets logins wait for their turn. discord.js would log a connection in that is not open yet when the one that waited
 * closed meanwhile, and throw where nobody catches it.
 */
function throttler(shard: OneShard | null) {
  return async (manager: ConstructorParameters<typeof SimpleShardingStrategy>[0]) => {
    const { session_start_limit: limit } = await manager.fetchGatewayInformation();
    const turns =
      shard === null
        ? new SimpleIdentifyThrottler(limit.max_concurrency)
        : { waitForIdentify: () => shard.identify() };
    return {
      async waitForIdentify(shardId: number, signal: AbortSignal): Promise<void> {
        await turns.waitForIdentify(shardId, signal);
        const { strategy } = manager as unknown as {
          readonly strategy: { readonly shards: ReadonlyMap<number, InnerShard> };
        };
        if (strategy.shards.get(shardId)?.connection?.readyState === OPEN) return;
        // The next connection waits for its own turn.
        if (!signal.aborted) await once(signal, 'abort');
        signal.throwIfAborted();
      },
    };
  };
}

/**
 * Leaves nothing behind. discord.js overlooks a shard that is about to connect when it is destroyed, or that it destroys
 * itself just then: it would go on for ever, and keep the process.
 */
class ThoroughStrategy extends SimpleShardingStrategy {
  override async destroy(options?: Parameters<SimpleShardingStrategy['destroy']>[0]): Promise<void> {
    const inner = this as unknown as { readonly shards: ReadonlyMap<number, InnerShard> };
    const shards = [...inner.shards.values()];
    for (const shard of shards) shard.internalConnect = async () => undefined;
    await Promise.race([super.destroy(options), setTimeout(LEAVING_MS, undefined, { ref: false })]);
    // What was beginning to connect has its connection by now.
    await nextTurn();
    for (const shard of shards) cut(shard);
  }
}

function cut({ connection, heartbeatInterval, initialHeartbeatTimeoutController }: InnerShard): void {
  initialHeartbeatTimeoutController?.abort();
  if (heartbeatInterval !== null) clearInterval(heartbeatInterval);
  if (connection === null) return;
  connection.onmessage = null;
  connection.onclose = null;
  // One that was still connecting says so as an error.
  connection.onerror = () => undefined;
  connection.terminate();
}
