import type { Bot } from '../bot.ts';
import type { Health } from '../health.ts';
import { isLive } from '../liveness.ts';
import type { Report } from './messages.ts';

const SECONDS_A_MINUTE = 60;

/** How this process is. */
export async function reportOf(bot: Bot): Promise<Report> {
  const { client, library, rebuild, work, metrics, startedAt } = bot;
  const live = isLive(client, startedAt);
  return {
    live,
    ready: live && library.index.sentences > 0 && !work.stopping,
    generation: library.index.generation,
    upSeconds: process.uptime(),
    pingMs: Math.max(0, client.ws.ping) || 0,
    servers: client.guilds.cache.size,
    memoryMb: process.memoryUsage.rss() / 2 ** 20,
    done: work.done,
    inHand: work.running,
    rebuilding: rebuild.running,
    metrics: (await metrics?.values()) ?? null,
  };
}

/** What `/status` tells of all the bot's processes together; the slowest connection and the oldest start count. */
export function addedUp(reports: readonly (Report | null)[]) {
  const said = reports.filter((report) => report !== null);
  const sum = (of: (report: Report) => number) => said.reduce((all, report) => all + of(report), 0);
  const most = (of: (report: Report) => number) => Math.max(0, ...said.map(of));
  return {
    shards: reports.length,
    liveShards: said.filter(({ live }) => live).length,
    upMinutes: Math.floor(most(({ upSeconds }) => upSeconds) / SECONDS_A_MINUTE),
    pingMs: most(({ pingMs }) => pingMs),
    servers: sum(({ servers }) => servers),
    memoryMb: Math.round(sum(({ memoryMb }) => memoryMb)),
    done: sum(({ done }) => done),
    inHand: sum(({ inHand }) => inHand),
    rebuilding: said.some(({ rebuilding }) => rebuilding),
  };
}

/** The health of one process that has all servers. */
export function healthOf(bot: Bot): Health {
  return {
    async state() {
      const { live, ready, generation } = await reportOf(bot);
      return { live, ready, generation };
    },
    metrics: async () => (await bot.metrics?.text()) ?? '',
  };
}

/** The health of all shards together: each must live for the bot to live. */
export function healthOfAll(reports: () => Promise<readonly (Report | null)[]>): Health {
  return {
    async state() {
      const all = await reports();
      const shards = all.map((report, shard) => {
        const { live = false, ready = false, generation = null } = report ?? {};
        return { shard, live, ready, generation };
      });
      return { live: shards.every(({ live }) => live), ready: shards.every(({ ready }) => ready), shards };
    },
    async metrics() {
      const { addedUpText } = await import('../prometheus-metrics.ts');
      return addedUpText((await reports()).flatMap((report) => (report?.metrics ? [report.metrics] : [])));
    },
  };
}
