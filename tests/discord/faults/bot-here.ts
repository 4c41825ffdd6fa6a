import { pino } from 'pino';
import { readConfig } from '../../../src/config.ts';
import { reactionInHand } from '../../../src/discord/reaction.ts';
import { runBot } from '../../../src/discord/start.ts';
import type { Timings } from '../../../src/discord/timings.ts';
import { startModel } from '../../../src/embedding/child-embedder.ts';
import { SEEDS } from '../bot-process.ts';
import { builtIndex } from '../built-index.ts';
import { type StandIn, startStandIn } from '../stand-in/stand-in.ts';
import { SHORT } from './short-timings.ts';

export interface BotHere {
  readonly log: readonly { readonly msg: string; readonly [key: string]: unknown }[];
  /** Resolves when the bot has ended; with the error that ended it, or null. */
  readonly ended: Promise<Error | null>;
  stop(): Promise<Error | null>;
}

/** All bots of a file of tests have one index and one model: a start takes a tenth of a second then. */
const indexFolder = await builtIndex();
const settings = { ...readConfig({}), seedsFolder: SEEDS, indexFolder };
const model = await startModel({ ...settings, report: () => undefined });

export interface BotHereOptions extends Partial<Timings> {
  /** Other articles, with an index of their own. */
  readonly seedsFolder?: string;
  readonly indexFolder?: string;
  readonly healthPort?: number;
  /** As Discord asks for it. */
  readonly heartbeatIntervalMs?: number;
  /** True for a model that this bot does not share. */
  readonly ownModel?: boolean;
}

/** Runs the bot in this process: real discord.js, real sockets, short waits. */
export function runBotHere(
  discord: Pick<StandIn, 'token' | 'apiUrl' | 'gateway'>,
  options: BotHereOptions = {},
): BotHere {
  const { healthPort, seedsFolder, indexFolder, ownModel, heartbeatIntervalMs: _, ...timings } = options;
  const folders = { ...(seedsFolder && { seedsFolder }), ...(indexFolder && { indexFolder }) };
  const log: BotHere['log'][number][] = [];
  const write = (line: string) => {
    log.push(JSON.parse(line));
    discord.gateway.tell();
  };
  const mixin = () => ({ ...reactionInHand.getStore() });
  const logger = pino({ level: 'debug', mixin }, { write });
  const stop = new AbortController();
  const config = {
    ...settings,
    ...folders,
    healthPort,
    discordToken: discord.token,
    discordApiUrl: discord.apiUrl,
  };
  const surroundings = {
    log: logger,
    timings: { ...SHORT, ...timings },
    stop: stop.signal,
    ...(!ownModel && { model }),
  };
  const ended = runBot(config, surroundings).then(
    () => null,
    (error: Error) => error,
  );
  return {
    log,
    ended,
    stop: () => {
      stop.abort();
      return ended;
    },
  };
}

/** Starts a bot and a Discord, and waits until they know each other. */
export async function botWithDiscord(options: BotHereOptions = {}) {
  const { heartbeatIntervalMs } = options;
  const discord = await startStandIn({ ...(heartbeatIntervalMs && { heartbeatIntervalMs }) });
  const owner = discord.user({ name: 'owner' });
  const guild = discord.guild({ owner });
  const alice = discord.user({ name: 'alice' });
  discord.join(guild, alice);
  const channel = discord.channel(guild);
  const bot = runBotHere(discord, options);
  const logged = (msg: string) => discord.until(() => bot.log.find((line) => line.msg === msg), msg);
  await logged('ready');
  /** A reader who never asked before, in a channel of their own. */
  const newReader = () => {
    const reader = discord.user();
    discord.join(guild, reader);
    return { reader, place: discord.channel(guild) };
  };
  return { discord, owner, guild, alice, channel, bot, logged, newReader };
}
