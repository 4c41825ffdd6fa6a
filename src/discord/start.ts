import { type Client, Events } from 'discord.js';
import { type Logger, pino } from 'pino';
import { LiveLibrary } from '../answering/live-library.ts';
import { startModel } from '../embedding/child-embedder.ts';
import { OperatorError } from '../operator-error.ts';
import { AnsweringPlaces } from './answering-places.ts';
import type { Bot, BotConfig } from './bot.ts';
import { createClient } from './client.ts';
import { startHealth } from './health.ts';
import { inviteLink } from './invite.ts';
import { LastSeeds } from './last-seeds.ts';
import { login } from './login.ts';
import type { Metrics } from './metrics.ts';
import { answerInteractions } from './on-interaction.ts';
import { answerMessages } from './on-message.ts';
import { RateLimits } from './rate-limits.ts';
import { Rebuild } from './rebuild.ts';
import { registerCommands } from './register.ts';
import { RequestBudget } from './request-budget.ts';
import { inTurns } from './turns.ts';
import { WorkInHand } from './work-in-hand.ts';

/**
 * Runs the bot until it is told to stop (SIGTERM, SIGINT); then answers what is in hand, and resolves.
 * @throws {OperatorError} for what the operator can mend
 */
export async function startBot(config: BotConfig): Promise<void> {
  if (config.discordToken === undefined)
    throw new OperatorError('DISCORD_TOKEN is missing; put it into .env');
  const log = pino({ name: 'liaison', level: config.logLevel });
  const requests = new RequestBudget();
  const client = createClient(config.discordApiUrl, requests);
  const bot = await assemble(config, client, requests, log);
  const health = config.healthPort === undefined ? null : await startHealth(bot, config.healthPort);
  const ended = untilStopped(client, log);
  client.on(Events.MessageCreate, answerMessages(bot));
  client.on(Events.InteractionCreate, answerInteractions(bot));
  try {
    const online = await login(client, config.discordToken, config.discordApiUrl);
    await register(online, log);
    log.info({ invite: inviteLink(online.application.id) }, 'add the bot to a server by this link');
    log.info({ servers: online.guilds.cache.size, seeds: bot.library.seeds.length }, 'ready');
    await ended;
    log.info({ inHand: bot.work.running }, 'stopping: answering what is in hand');
    await bot.work.finish();
  } finally {
    await client.destroy();
    health?.close();
  }
}

async function assemble(
  config: BotConfig,
  client: Client,
  requests: RequestBudget,
  log: Logger,
): Promise<Bot> {
  const { seedsFolder, indexFolder, modelsFolder, model } = config;
  const report = (line: string) => log.info(line);
  const options = { seedsFolder, indexFolder, modelsFolder, model, report };
  const metrics = config.healthPort === undefined ? null : await createMetrics();
  const places = await AnsweringPlaces.load(indexFolder);
  const library = await LiveLibrary.open(options, await startModel(options), (current) => {
    bot.library = inTurns(current);
    metrics?.rebuilt();
  });
  const bot: Bot = {
    // Its listeners only run once it is logged in.
    client: client as Client<true>,
    config,
    log,
    library: inTurns(library.current),
    rebuild: new Rebuild(library),
    places,
    lastSeeds: new LastSeeds(),
    rates: new RateLimits(),
    requests,
    work: new WorkInHand(),
    metrics,
  };
  client.on(Events.ShardReconnecting, () => metrics?.reconnected());
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

/** Resolves when the process is told to stop; rejects when Discord shuts the session for good. */
function untilStopped(client: Client, log: Logger): Promise<void> {
  client.on(Events.Error, (err) => log.error({ err }, 'the client failed'));
  client.on(Events.Warn, (warning) => log.warn(warning));
  client.on(Events.ShardReconnecting, (shard) => log.warn({ shard }, 'reconnecting'));
  client.on(Events.ShardResume, (shard, replayed) => log.info({ shard, replayed }, 'resumed'));
  const ended = new Promise<void>((resolve, reject) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
    client.on(Events.ShardDisconnect, ({ code }) => {
      reject(
        new OperatorError(`Discord ended the session with code ${code}; check the token and the intents`),
      );
    });
  });
  // Nobody waits for it while the login is on its way.
  ended.catch(() => undefined);
  return ended;
}
