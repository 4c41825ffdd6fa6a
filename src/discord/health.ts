import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { OperatorError } from '../operator-error.ts';

/** What the health endpoint tells. */
export interface Health {
  /** `live` and `ready` decide; all of it is shown. */
  state(): Promise<{ readonly live: boolean; readonly ready: boolean; readonly [about: string]: unknown }>;
  /** In Prometheus's text format. */
  metrics(): Promise<string>;
}

/**
 * Tells on loopback whether the bot lives (`/live`), whether it can answer (`/ready`), and what it has done
 * (`/metrics`).
 * @throws {OperatorError} when the port is taken
 */
export async function startHealth(log: Logger, port: number, health: Health): Promise<Server> {
  const server = createServer((request, response) => {
    answer(health, request.url ?? '/', response).catch((err: unknown) => {
      log.error({ err }, 'the health endpoint failed');
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

async function answer(health: Health, url: string, response: ServerResponse): Promise<void> {
  if (url === '/metrics') {
    const text = await health.metrics();
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
    response.end(text);
    return;
  }
  const state = await health.state();
  const held = url === '/live' ? state.live : url === '/ready' ? state.ready : null;
  response.writeHead(held === null ? 404 : held ? 200 : 503, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(state)}\n`);
}
