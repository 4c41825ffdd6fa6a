import { createServer, type Server, type ServerResponse } from 'node:http';
import { OperatorError } from '../operator-error.ts';
import type { Bot } from './bot.ts';
import { isLive } from './liveness.ts';

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
  const live = isLive(bot.client, started);
  const { generation, sentences } = bot.library.index;
  const ready = live && sentences > 0 && !bot.work.stopping;
  const held = url === '/live' ? live : url === '/ready' ? ready : null;
  response.writeHead(held === null ? 404 : held ? 200 : 503, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify({ live, ready, generation })}\n`);
}
