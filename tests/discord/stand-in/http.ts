import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RestFault } from './faults.ts';
import type { Bodies } from './openapi.ts';
import type { UploadedFile } from './wire.ts';

/** A request to Discord's REST API, read whole. */
export interface RestRequest {
  readonly method: string;
  /** Behind `/api/v10`, without the query: `/channels/1/messages`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The JSON body, or `payload_json` of a multipart one; undefined where there is none. */
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
  readonly authorization: string | undefined;
  /** Milliseconds since 1970, by the stand-in's clock. */
  readonly at: number;
  /** The HTTP status that was answered; 0 while none was. */
  status: number;
}

export interface RestAnswer {
  readonly status: number;
  /** Left out for 204. */
  readonly body?: unknown;
}

export interface Route {
  readonly method: string;
  /** As Discord's reference writes it: `/channels/{channel_id}/messages`. */
  readonly template: string;
  /** Gets what stands in the braces, in order, decoded. @throws RestError for every refusal */
  readonly answer: (request: RestRequest, first: string, second: string, third: string) => RestAnswer;
  readonly bodies: Bodies;
}

/** True for routes that are called with an interaction's token instead of the bot's. */
export function needsNoToken(path: string): boolean {
  return path.startsWith('/interactions/') || path.startsWith('/webhooks/');
}

/** The values in the braces of `template`, when `path` fits it. */
export function matchPath(template: string, path: string): string[] | undefined {
  const wanted = template.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const values: string[] = [];
  for (const [index, part] of wanted.entries()) {
    const value = decodeURIComponent(given[index] ?? '');
    if (part.startsWith('{')) values.push(value);
    else if (part !== value) return undefined;
  }
  return values;
}

/** Reads a request to its end. */
export async function readRequest(incoming: IncomingMessage, at: number): Promise<RestRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  const type = incoming.headers['content-type'] ?? '';
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname.replace(/^\/api(\/v\d+)?/, ''),
    query: url.searchParams,
    ...(await readBody(Buffer.concat(chunks), type)),
    authorization: incoming.headers.authorization,
    at,
    status: 0,
  };
}

async function readBody(bytes: Buffer, type: string): Promise<Pick<RestRequest, 'body' | 'files'>> {
  if (bytes.length === 0) return { body: undefined, files: [] };
  if (!type.startsWith('multipart/form-data')) return { body: JSON.parse(bytes.toString()), files: [] };
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  const files: UploadedFile[] = [];
  for (const [field, value] of form) {
    const index = /^files\[(\d+)\]$/.exec(field)?.[1];
    if (index === undefined || typeof value === 'string') continue;
    const { name, type: contentType } = value;
    files.push({ index, name, contentType, bytes: Buffer.from(await value.arrayBuffer()) });
  }
  const json = form.get('payload_json');
  return { body: typeof json === 'string' ? JSON.parse(json) : {}, files };
}

/** Sends an answer with rate-limit headers. A 204 carries no content type, or discord.js would parse "". */
export function send(response: ServerResponse, { status, body }: RestAnswer, bucket: string): void {
  const limits = {
    'X-RateLimit-Limit': '50',
    'X-RateLimit-Remaining': '49',
    'X-RateLimit-Reset': String(Date.now() / 1000 + 1),
    'X-RateLimit-Reset-After': '1',
    'X-RateLimit-Bucket': bucket,
  };
  if (body === undefined) response.writeHead(status, limits).end();
  else
    response.writeHead(status, { ...limits, 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Answers in Discord's place; the caller has dealt with delays and with what is stored first. */
export function misbehave(response: ServerResponse, fault: Exclude<RestFault, { delayMs: number }>): number {
  if (fault === 'hang') return 0;
  if (fault === 'reset' || fault === 'store-then-reset') {
    response.socket?.destroy();
    return 0;
  }
  if (fault === 'html') {
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><title>Just a moment…</title>');
    return 200;
  }
  if (fault === 'store-then-502') return misbehave(response, { status: 502 });
  const { status } = fault;
  if ('retryAfterS' in fault) {
    const scope = fault.scope ?? 'user';
    const headers = { 'Retry-After': String(fault.retryAfterS), 'X-RateLimit-Scope': scope };
    const global = scope === 'global';
    response.writeHead(429, {
      ...headers,
      ...(global && { 'X-RateLimit-Global': 'true' }),
      'content-type': 'application/json',
    });
    const message = 'You are being rate limited.';
    response.end(JSON.stringify({ message, retry_after: fault.retryAfterS, global }));
    return status;
  }
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({ message: fault.message ?? `${status}: made to fail`, code: fault.code ?? 0 }),
  );
  return status;
}
