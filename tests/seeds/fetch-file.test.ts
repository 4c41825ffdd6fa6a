import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { OperatorError } from '../../src/operator-error.ts';
import { fetchFile } from '../../src/seeds/fetch-file.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const within = (allowed: string, over = {}) => ({ allowed: [allowed], loopback: true, ...over });
const reason = async (fetched: Promise<unknown>) => {
  const error = await fetched.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(OperatorError);
  return (error as OperatorError).message;
};

describe('a file from the web', () => {
  it('comes with its name, its type and its address', async () => {
    const place = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/markdown' }).end('# Words');
    });
    expect(await fetchFile(`${place}a%20b.md?x=1#part`, within(place))).toEqual({
      name: 'a b.md',
      bytes: Buffer.from('# Words'),
      type: 'text/markdown',
      address: `${place}a%20b.md?x=1`,
    });
    expect((await fetchFile(`${place}%zz`, within(place))).name).toBe('%zz');
    expect((await fetchFile(place, within(place))).name).toBe(new URL(place).host);
  });

  it('is given up when the server does not answer, or stops in the middle', async () => {
    const silent = await serve(() => undefined);
    expect(await reason(fetchFile(silent, within(silent, { patienceMs: 50 })))).toContain(
      'not whole within 0.05 s',
    );
    const stuck = await serve((_, response) => void response.writeHead(200).write('beginning'));
    expect(await reason(fetchFile(stuck, within(stuck, { patienceMs: 200 })))).toContain(
      'not whole within 0.2 s',
    );
  });

  it('is given up when the connection breaks, before or in the middle', async () => {
    const dead = await serve((request) => request.socket.destroy());
    expect(await reason(fetchFile(dead, within(dead)))).toMatch(/cannot be fetched \(.+\); try again later$/);
    const broken = await serve((request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('beginning', () => request.socket.resetAndDestroy());
    });
    expect(await reason(fetchFile(broken, within(broken)))).toMatch(
      /cannot be fetched \(.+\); try again later$/,
    );
  });

  it('is not read past the limit, whatever length is said', async () => {
    let sent = 0;
    const place = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      const more = () => {
        do sent += 65_536;
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 'a')));
      };
      response.on('drain', more);
      more();
    });
    expect(await reason(fetchFile(place, within(place)))).toMatch(/: larger than 2 MiB/);
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });

  it('is not taken packed, for it may unpack to anything', async () => {
    const place = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
    });
    expect(await reason(fetchFile(place, within(place)))).toMatch(/answered with content-encoding gzip/);
  });
});

describe('where files are fetched from', () => {
  const https = (address: string, allowed = address) =>
    fetchFile(address, { allowed: [allowed], loopback: false });

  it.each([
    'https://10.0.0.1/',
    'https://127.0.0.1/',
    'https://0.0.0.0/',
    'https://169.254.169.254/latest/',
    'https://192.168.1.1/',
    'https://172.20.0.1/',
    'https://100.64.0.1/',
    'https://224.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[64:ff9b::a00:1]/',
    'https://[2002:a00:1::]/',
    'https://[fe80::1]/',
    'https://[fc00::1]/',
  ])('is never this machine or its network, though it is allowed: %s', async (address) => {
    expect(await reason(https(address))).toMatch(/: a private address; articles are not fetched from there$/);
  });

  it('is not a name that leads to this machine, asked at the moment of connecting', async () => {
    expect(await reason(https('https://localhost:1/'))).toMatch(
      /^(?:127\.0\.0\.1|::1): a private address; articles are not fetched from there$/,
    );
  });

  it.each([
    ['http, not https', 'http://example.org/news/a', 'http://example.org/news/'],
    ['another host', 'https://example.com/news/a', 'https://example.org/news/'],
    ['a host behind the allowed one', 'https://example.org.evil.example/news/a', 'https://example.org/news/'],
    ['another port', 'https://example.org:8443/news/a', 'https://example.org/news/'],
    ['another folder', 'https://example.org/admin', 'https://example.org/news/'],
    ['a way out of the folder', 'https://example.org/news/../admin', 'https://example.org/news/'],
    ['a hidden way out', 'https://example.org/news/%2e%2e%2fadmin', 'https://example.org/news/'],
    ['a name and a password', 'https://user:pass@example.org/news/a', 'https://example.org/news/'],
    ['the allowed host as a name', 'https://example.org@evil.example/news/', 'https://example.org/news/'],
    ['a file of this machine', 'file:///etc/passwd', 'https://example.org/news/'],
  ])('is not %s', async (_, address, allowed) => {
    expect(await reason(https(address, allowed))).toMatch(
      /: articles are not fetched from there; name the place in SEED_URLS/,
    );
  });

  it('is followed to where else it is allowed, and not further', async () => {
    const target = await serve((_, response) => response.end('Words.'));
    const place = await serve((_, response) => response.writeHead(307, { location: `${target}a.txt` }).end());
    expect(await reason(fetchFile(place, within(place)))).toMatch(/articles are not fetched from there/);
    const both = await fetchFile(place, { allowed: [place, target], loopback: true });
    expect(both).toMatchObject({ name: 'a.txt', address: `${target}a.txt` });
  });

  it('is nowhere where nothing is allowed', async () => {
    const nowhere = fetchFile('https://example.org/', { allowed: [], loopback: false });
    expect(await reason(nowhere)).toContain('SEED_URLS');
  });
});
