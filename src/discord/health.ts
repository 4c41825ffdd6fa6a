import { createServer, type Server, type ServerResponse } from 'node:http';
import { Status } from 'discord.js';
import { OperatorError } from '../operator-error.ts';
import type { Bot } from './bot.ts';

/** Discord asks for a heartbeat about every 41 s; after three without an answer the connection is dead. */
const MAX_HEARTBEAT_AGE_MS = 125_000;

/**
 * Tells on loopback whether the bot lives (`/live`), whether it can answer (`/ready`), and what it has done
 * (`/metrics`).
 * @throws {OperatorError} when the port is taken
 */
export async function startHealth(bot: Bot, port: number): Promise<Server> {
  const started = Date.now();
  const server = createServer((request, response) => {
    answer(bot, request.url ?? '/', started, response).catch((err: unknown) => {
      bot.log.error({ err }, 'the health endpoint failed');
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(
        new OperatorError(`HEALTH_PORT ${port} cannot be used (${cause.code}); choose another`, { cause }),
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  return server.unref();
}

async function answer(bot: Bot, url: string, started: number, response: ServerResponse): Promise<void> {
  if (url === '/metrics') {
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
    response.end((await bot.metrics?.text()) ?? '');
    return;
  }
  const live = isLive(bot, started);
  const { generation, sentences } = bot.library.index;
  const ready = live && sentences > 0 && !bot.work.stopping;
  const held = url === '/live' ? live : url === '/ready' ? ready : null;
  response.writeHead(held === null ? 404 : held ? 200 : 503, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify({ live, ready, generation })}\n`);
}

/** By socket and heartbeat: discord.js calls itself ready for ever once it was. */
function isLive({ client }: Bot, started: number): boolean {
  const shards = [...client.ws.shards.values()];
  return (
    shards.length > 0 &&
    shards.every(({ status, lastPingTimestamp }) => {
      const heard = Math.max(lastPingTimestamp, started);
      return status === Status.Ready && Date.now() - heard < MAX_HEARTBEAT_AGE_MS;
    })
  );
}
