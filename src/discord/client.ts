import { Client, GatewayIntentBits, Options, Partials } from 'discord.js';
import type { RequestBudget } from './request-budget.ts';

/** Messages that discord.js keeps a channel: a reply's own message is among the last ones. */
const CACHED_MESSAGES = 20;

/**
 * A client that asks for no privileged intent and whose messages ping nobody.
 * @param apiUrl another root of Discord's API; Discord's own when undefined
 */
export function createClient(apiUrl: string | undefined, budget: RequestBudget): Client {
  const { Guilds, GuildMessages, DirectMessages } = GatewayIntentBits;
  return new Client({
    intents: [Guilds, GuildMessages, DirectMessages],
    partials: [Partials.Channel],
    allowedMentions: { parse: [], repliedUser: false },
    rest: {
      ...(apiUrl !== undefined && { api: apiUrl }),
      makeRequest: budget.send,
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
}
