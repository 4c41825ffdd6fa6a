import { type Client, Events } from 'discord.js';
import type { Logger } from 'pino';
import { LiveLibrary } from '../answering/live-library.ts';
import { type Model, startModel } from '../embedding/child-embedder.ts';
import { OperatorError } from '../operator-error.ts';
import { SeedChanges } from '../seeds/seed-changes.ts';
import { AnsweringPlaces } from './answering-places.ts';
import type { Bot, BotConfig } from './bot.ts';
import { createClient, type OneShard } from './client.ts';
import { Delivery } from './delivery.ts';
import { Gap } from './gap.ts';
import { startHealth } from './health.ts';
import { InvalidRequests, MAX_INVALID } from './invalid-requests.ts';
import { inviteLink } from './invite.ts';
import { LastSeeds } from './last-seeds.ts';
import { startLog, stopSignal } from './log.ts';
import { tokenRefused } from './login.ts';
import { watchLoop } from './loop-delay.ts';
import type { Metrics } from './metrics.ts';
import { answerInteractions } from './on-interaction.ts';
import { answerMessages } from './on-message.ts';
import { RateLimits } from './rate-limits.ts';
import { Rebuild } from './rebuild.ts';
import { registerCommands } from './register.ts';
import { Repeats } from './repeats.ts';
import { RequestBudget } from './request-budget.ts';
import { Parent, SharedBudget } from './shards/parent.ts';
import { healthOf, reportOf } from './shards/report.ts';
import { stayOnline } from './stay-online.ts';
import { TIMINGS, type Timings } from './timings.ts';
import { inTurns } from './turns.ts';
import { SeedWatch } from './watch-seeds.ts';
import { EXIT_NO_SESSION, SessionLost } from './watchdog.ts';
import { WorkInHand } from './work-in-hand.ts';

/** `EXIT_MISTAKE` of a shard, whose parent tells the mistake. */
const EXIT_MISTAKE = 1;

/**
 * Runs the bot, or one shard of it, as this process until it is told to stop (SIGTERM, SIGINT; a shard by its parent);
 * then answers what is in hand, and resolves.
 * @throws {OperatorError} for what the operator can mend
 */
export async function startBot(config: BotConfig, timings: Timings = TIMINGS): Promise<void> {
  const log = startLog(config);
  const parent = config.shard === null ? null : new Parent();
  try {
    await runBot(config, { log, timings, stop: parent?.stop ?? stopSignal(), parent });
  } catch (error) {
    if (error instanceof SessionLost) {
      log.fatal({ reason: error.message }, 'no session with Discord; the bot ends');
      process.exitCode = EXIT_NO_SESSION;
    } else if (error instanceof OperatorError && parent !== null) {
      parent.mistake(error);
      process.exitCode = EXIT_MISTAKE;
    } else throw error;
  } finally {
    parent?.close();
  }
}

export interface Surroundings {
  readonly log: Logger;
  readonly timings: Timings;
  /** Aborted when the bot is told to stop. */
  readonly stop: AbortSignal;
  /** One that runs already; else the bot starts its own. */
  readonly model?: Model;
  /** Null where this process has all servers. */
  readonly parent?: Parent | null;
}

/**
 * Runs the bot until it is told to stop, and answers what is in hand.
 * @throws {OperatorError} for what the operator can mend
 * @throws {SessionLost} when Discord was out of reach for too long
 */
export async function runBot(config: BotConfig, surroundings: Surroundings): Promise<void> {
  const { log, timings, stop, parent = null } = surroundings;
  const token = config.discordToken;
  if (token === undefined) throw new OperatorError('DISCORD_TOKEN is missing; put it into .env');
  const repeats = new Repeats(log, timings.sameLineMs);
  const budget = parent === null ? new RequestBudget() : new SharedBudget(parent);
  // Discord counts what all shards were refused.
  const invalid = new InvalidRequests(Math.floor(MAX_INVALID / (config.shard?.count ?? 1)));
  const failing = new AbortController();
  const refused = () => failing.abort(tokenRefused());
  const delivery = new Delivery({ budget, invalid, timings, repeats, refused });
  const shard = oneShard(config, parent);
  const newClient = () => createClient(config.discordApiUrl, delivery, shard);
  const parts = { requests: budget, repeats, startedAt: Date.now() };
  const bot = await assemble(config, newClient(), parts, surroundings);
  parent?.opened(() => reportOf(bot));
  const gap = new Gap(repeats);
  const since = (await parent?.since()) ?? null;
  if (since !== null) gap.begin(since);
  const listen = listener(bot, gap);
  listen(bot.client);
  const port = parent === null ? config.healthPort : undefined;
  const health = port === undefined ? null : await startHealth(log, port, healthOf(bot));
  const watch = watchSeeds(bot);
  const next = () => {
    // Its listeners only run once it is logged in.
    bot.client = newClient() as Client<true>;
    return listen(bot.client);
  };
  const online = firstTimeOnline(bot, parent);
  const unwatch = watchLoop(repeats);
  try {
    await stayOnline({
      token,
      first: bot.client,
      next,
      online,
      failed: failing.signal,
      stop,
      timings,
      repeats,
    });
    log.info({ inHand: bot.work.running }, 'stopping: answering what is in hand');
    // What it has embedded is kept for the next one.
    bot.rebuild.current?.cancel();
    delivery.endIn(timings.finishMs);
    await bot.work.finish();
  } finally {
    unwatch();
    watch?.close();
    await bot.client.destroy();
    health?.close();
  }
}

function oneShard({ shard }: BotConfig, parent: Parent | null): OneShard | null {
  return shard === null || parent === null ? null : { ...shard, identify: () => parent.identify() };
}

/** Watches the articles where that is wanted; one shard does for all, and the others take up what it builds. */
function watchSeeds(bot: Bot): SeedWatch | null {
  const { watchSeeds: wanted, seedsFolder: folder, shard } = bot.config;
  if (!wanted || (shard?.index ?? 0) !== 0) return null;
  bot.log.info({ folder }, 'watching the articles');
  return new SeedWatch(bot, folder);
}

/** Lets a client's events reach the bot; what one heard, another does not hear again. */
function listener(bot: Bot, gap: Gap): (client: Client) => Client {
  const { log, repeats, metrics } = bot;
  const hear = answerMessages(bot);
  const answer = answerInteractions(bot);
  return (client) => {
    client.on(Events.MessageCreate, (message) => {
      gap.heard(message);
      hear(message);
    });
    client.on(Events.InteractionCreate, answer);
    client.on(Events.Error, (err) => repeats.tell('error', { err }, 'the client failed'));
    client.on(Events.ShardError, (err) => repeats.tell('warn', { err }, 'the connection failed'));
    client.on(Events.Warn, (warning) => repeats.tell('warn', {}, warning));
    client.on(Events.ShardReconnecting, (shard) => {
      if (bot.work.stopping) return;
      gap.open();
      metrics?.reconnected();
      repeats.tell('warn', { shard }, 'reconnecting');
    });
    client.on(Events.ShardResume, (shard, replayed) => {
      gap.close();
      repeats.tell('info', { shard, replayed }, 'resumed');
    });
    client.on(Events.ShardReady, () => {
      gap.begin();
      gap.read(client, hear).catch((err: unknown) => log.error({ err }, 'what was missed could not be read'));
    });
    // A new client comes after a session that was lost.
    gap.open();
    return client;
  };
}

/** Registers the commands and says that the bot is ready, once; of several shards the first registers. */
function firstTimeOnline(
  { log, library, config }: Bot,
  parent: Parent | null,
): (client: Client<true>) => Promise<void> {
  let ready = false;
  return async (client) => {
    if (ready) {
      log.info('online again');
      return;
    }
    parent?.online();
    if ((config.shard?.index ?? 0) === 0) {
      await register(client, log);
      log.info({ invite: inviteLink(client.application.id) }, 'add the bot to a server by this link');
    }
    log.info({ servers: client.guilds.cache.size, seeds: library.seeds.length }, 'ready');
    ready = true;
  };
}

async function assemble(
  config: BotConfig,
  client: Client,
  parts: Pick<Bot, 'requests' | 'repeats' | 'startedAt'>,
  { log, parent = null, model: running }: Surroundings,
): Promise<Bot> {
  const { seedsFolder, indexFolder, modelsFolder, questionsFolder, model } = config;
  const report = (line: string, part = 1) => log[part < 1 ? 'debug' : 'info'](line);
  const options = { seedsFolder, indexFolder, modelsFolder, questionsFolder, model, report };
  const metrics = config.healthPort === undefined ? null : await createMetrics();
  const places = await AnsweringPlaces.load(indexFolder);
  const loaded = running ?? (await startModel({ ...options, env: config.modelEnvironment }));
  const library = await LiveLibrary.open(options, loaded, (current) => {
    bot.library = inTurns(current);
    metrics?.rebuilt();
  });
  const bot: Bot = {
    ...parts,
    // Its listeners only run once it is logged in.
    client: client as Client<true>,
    config,
    log,
    library: inTurns(library.current),
    rebuild: new Rebuild(library),
    seedChanges: new SeedChanges(seedsFolder),
    background: loaded.background,
    places,
    lastSeeds: new LastSeeds(),
    rates: parent ?? new RateLimits(),
    work: new WorkInHand(),
    metrics,
    reports: async () => (await parent?.reports()) ?? [await reportOf(bot)],
  };
  return bot;
}

/** The package is loaded only where it is of use. */
async function createMetrics(): Promise<Metrics> {
  const { PrometheusMetrics } = await import('./prometheus-metrics.ts');
  return new PrometheusMetrics();
}

/** Commands that cannot be registered are no reason not to answer. */
async function register(client: Client<true>, log: Logger): Promise<void> {
  try {
    const changed = await registerCommands(client.rest, client.application.id);
    log.info(changed ? 'commands registered' : 'commands are registered as they are');
  } catch (err) {
    log.error({ err }, 'commands could not be registered; try: npm run deploy-commands');
  }
}
