import { lookup } from 'node:dns';
import { once } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net';
import { MAX_OFFERED_BYTES, type OfferedFile } from './offered-file.ts';
import { SeedRefusal } from './seed-refusal.ts';

/** Where files may be fetched from. */
export interface FetchRules {
  /** Beginnings of addresses: `https://example.org/news/` allows what lies under it. */
  readonly allowed: readonly string[];
  /** This machine may be asked, also without https: for a Discord on loopback. */
  readonly loopback: boolean;
  /** For all of it, from the first request to the last byte. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 20_000;
const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Everything that is not the public internet: RFC 6890 and its kin. */
const PRIVATE = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  PRIVATE.addSubnet(net, bits, 'ipv4');
}
const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');
/** Addresses of the public internet; the rest of IPv6 is local, mapped, translated or for other uses. */
const GLOBAL_IPV6 = new BlockList();
GLOBAL_IPV6.addSubnet('2000::', 3, 'ipv6');
const SPECIAL_IPV6 = new BlockList();
SPECIAL_IPV6.addSubnet('2001::', 23, 'ipv6');
SPECIAL_IPV6.addSubnet('2001:db8::', 32, 'ipv6');
SPECIAL_IPV6.addSubnet('2002::', 16, 'ipv6');

/**
 * Fetches a file from an allowed place. Redirects are followed to allowed places only.
 * @throws {SeedRefusal} when the address is not allowed, is not of the public internet, or does not give a file of
 * acceptable size in time
 */
export async function fetchFile(address: string, rules: FetchRules): Promise<OfferedFile> {
  const { patienceMs = PATIENCE_MS } = rules;
  const stop = AbortSignal.timeout(patienceMs);
  try {
    let url = allowedAddress(address, rules);
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const response = await ask(url, rules, stop);
      const { statusCode = 0, headers } = response;
      if (!REDIRECTS.has(statusCode) || headers.location === undefined) return await received(url, response);
      response.destroy();
      url = allowedAddress(headers.location, rules, url.href);
    }
  } catch (cause) {
    if (cause instanceof SeedRefusal) throw cause;
    const reason = stop.aborted ? `not whole within ${patienceMs / 1000} s` : (cause as Error).message;
    throw new SeedRefusal('notFetched', [address, reason], cause);
  }
  throw new SeedRefusal('sentOn', [address]);
}

function allowedAddress(address: string, { allowed, loopback }: FetchRules, base?: string): URL {
  if (!URL.canParse(address, base)) throw new SeedRefusal('noAddress', [address]);
  const url = new URL(address, base);
  const secure = url.protocol === 'https:' || (loopback && url.protocol === 'http:');
  const fits = allowed.some((beginning) => {
    const place = new URL(beginning);
    return place.origin === url.origin && url.pathname.startsWith(place.pathname);
  });
  if (!secure || !fits || url.username !== '' || url.password !== '' || /%2e|%2f|%5c/i.test(url.pathname)) {
    throw new SeedRefusal('notAllowed', [url.host]);
  }
  return url;
}

async function ask(url: URL, { loopback }: FetchRules, signal: AbortSignal): Promise<IncomingMessage> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) assertPublic(host, loopback);
  const { get } = url.protocol === 'https:' ? https : http;
  const request = get(url, {
    signal,
    lookup: publicOnly(loopback),
    agent: false,
    headers: { 'accept-encoding': 'identity', 'user-agent': 'liaison' },
  });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  // What breaks later is told by the response; Node tells it of the request as well.
  request.on('error', () => undefined);
  return response;
}

/** Looks a name up for the connection itself, so that what is checked is what is asked. */
function publicOnly(loopback: boolean): LookupFunction {
  return (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null || first === undefined) return callback(error ?? new Error('no such host'), '', 4);
      try {
        for (const { address } of addresses) assertPublic(address, loopback);
      } catch (refused) {
        return callback(refused as Error, '', 4);
      }
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

/** @throws {SeedRefusal} when an address is not of the public internet */
function assertPublic(address: string, loopback: boolean): void {
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  if (loopback && LOOPBACK.check(address, family)) return;
  const open =
    family === 'ipv4'
      ? !PRIVATE.check(address, family)
      : GLOBAL_IPV6.check(address, family) && !SPECIAL_IPV6.check(address, family);
  if (!open) throw new SeedRefusal('notPublic', [address]);
}

async function received(url: URL, response: IncomingMessage): Promise<OfferedFile> {
  const { statusCode, headers } = response;
  const encoding = headers['content-encoding'] ?? 'identity';
  if (statusCode !== 200 || encoding !== 'identity') {
    response.destroy();
    const what = statusCode === 200 ? `content-encoding ${encoding}` : `status ${statusCode}`;
    throw new SeedRefusal('answered', [url.host, what]);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_OFFERED_BYTES) throw new SeedRefusal('tooLarge', [url.host]);
    chunks.push(chunk);
  }
  if (!response.complete) throw new Error('the connection broke');
  url.hash = '';
  const type = headers['content-type'] ?? null;
  return { name: nameIn(url), bytes: Buffer.concat(chunks), type, address: url.href };
}

function nameIn(url: URL): string {
  const last = url.pathname.split('/').at(-1) || url.host;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
