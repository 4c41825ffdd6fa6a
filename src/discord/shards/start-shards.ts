import { fileURLToPath } from 'node:url';
import { ShardingManager, SimpleIdentifyThrottler } from 'discord.js';
import type { Logger } from 'pino';
import { OperatorError } from '../../operator-error.ts';
import type { BotConfig } from '../bot.ts';
import { startHealth } from '../health.ts';
import { startLog, stopSignal } from '../log.ts';
import { RateLimits } from '../rate-limits.ts';
import { Repeats } from '../repeats.ts';
import { RequestBudget } from '../request-budget.ts';
import { TIMINGS } from '../timings.ts';
import { EXIT_NO_SESSION, SessionLost } from '../watchdog.ts';
import { askRecommended } from './gateway.ts';
import { type Keeping, KeptShard } from './kept-shard.ts';
import type { Question } from './messages.ts';
import { healthOfAll } from './report.ts';

const LAUNCH = fileURLToPath(new URL('../../launch.js', import.meta.url));
const ENTRY = fileURLToPath(new URL('../../main.ts', import.meta.url));
/** One that says nothing for so long has its event loop blocked, or is starting. */
const REPORT_PATIENCE_MS = 1000;
/** Finishing what is in hand takes a shard ten seconds at most, and a second to leave. */
const STOP_PATIENCE_MS = 20_000;

/**
 * Runs the bot as several processes, and keeps them running until this one is told to stop. One shard is nothing to
 * keep: the bot runs in this process then.
 * @throws {OperatorError} for what the operator can mend
 */
export async function startBot(config: BotConfig): Promise<void> {
  const { discordToken: token, discordApiUrl: apiUrl } = config;
  if (token === undefined) throw new OperatorError('DISCORD_TOKEN is missing; put it into .env');
  const log = startLog(config);
  const stop = stopSignal();
  const repeats = new Repeats(log, TIMINGS.sameLineMs);
  try {
    const recommended = await askRecommended({ token, apiUrl, timings: TIMINGS, repeats, stop });
    if (recommended === null) return;
    const count = typeof config.shards === 'number' ? config.shards : recommended.shards;
    if (count === 1) {
      const { runBot } = await import('../start.ts');
      await runBot(config, { log, timings: TIMINGS, stop, parent: null });
    } else {
      await new Shards(config, token, count, recommended.logins, log).run(stop);
    }
  } catch (error) {
    if (!(error instanceof SessionLost)) throw error;
    log.fatal({ reason: error.message }, 'no session with Discord; the bot ends');
    process.exitCode = EXIT_NO_SESSION;
  }
}

/** All shards, and what they have in common: Discord's limits and the users'. */
class Shards {
  readonly #config: BotConfig;
  readonly #log: Logger;
  readonly #shards: KeptShard[];
  readonly #budget = new RequestBudget();
  readonly #rates = new RateLimits();
  readonly #logins: SimpleIdentifyThrottler;
  #waiting: KeptShard[] = [];
  #fail: (error: OperatorError) => void = () => undefined;

  constructor(config: BotConfig, token: string, count: number, logins: number, log: Logger) {
    this.#config = config;
    this.#log = log;
    this.#logins = new SimpleIdentifyThrottler(logins);
    const options = { execArgv: [], shardArgs: [ENTRY, ...process.argv.slice(2)] };
    const manager = new ShardingManager(LAUNCH, { ...options, token, totalShards: count, respawn: false });
    const keeping: Keeping = {
      log,
      timings: TIMINGS,
      answer: (shard, question, gone) => this.#answer(shard, question, gone),
      opened: () => this.#startRest(),
      failed: (error) => this.#fail(error),
    };
    this.#shards = Array.from(
      { length: count },
      (_, index) => new KeptShard(manager.createShard(index), keeping),
    );
  }

  /** Resolves when the bot was told to stop and every shard has ended. */
  async run(stop: AbortSignal): Promise<void> {
    const [first, ...rest] = this.#shards;
    const port = this.#config.healthPort;
    const health =
      port === undefined
        ? null
        : await startHealth(
            this.#log,
            port,
            healthOfAll(() => this.#reports()),
          );
    this.#log.info({ shards: this.#shards.length }, 'starting the shards');
    try {
      await new Promise<void>((resolve, reject) => {
        this.#fail = reject;
        stop.addEventListener('abort', () => resolve(), { once: true });
        if (stop.aborted) return resolve();
        // The first one brings the index up to date, so that the others find it so.
        this.#waiting = rest;
        first?.start();
      });
    } finally {
      this.#waiting = [];
      this.#log.info('stopping: every shard answers what is in hand');
      await Promise.all(this.#shards.map((shard) => shard.stop(STOP_PATIENCE_MS)));
      health?.close();
    }
  }

  #startRest(): void {
    for (const shard of this.#waiting.splice(0)) shard.start();
  }

  #reports() {
    return Promise.all(this.#shards.map((shard) => shard.report(REPORT_PATIENCE_MS)));
  }

  async #answer(shard: number, question: Question, gone: AbortSignal): Promise<unknown> {
    switch (question.ask) {
      case 'request':
        return this.#budget.take(question.message);
      case 'turn':
        return this.#rates.take(question.user, question.server);
      case 'identify':
        return this.#logins.waitForIdentify(shard, gone);
      case 'since':
        return this.#shards[shard]?.since ?? null;
      case 'reports':
        return this.#reports();
    }
  }
}
