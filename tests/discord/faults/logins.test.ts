import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TIMINGS } from '../../../src/discord/timings.ts';
import { type StandIn, startStandIn } from '../stand-in/stand-in.ts';
import { type ClientHere, clientHere, freePort } from './client-here.ts';

/** Close codes after which another login would bring the same. */
const FATAL = [
  [4004, 'DISCORD_TOKEN'],
  [4010, 'check the token and the intents'],
  [4011, 'SHARDS=auto'],
  [4012, 'check the token and the intents'],
  [4013, 'Privileged Gateway Intents'],
  [4014, 'Privileged Gateway Intents'],
] as const;

let discord: StandIn;
let client: ClientHere;
beforeEach(async () => {
  discord = await startStandIn();
});
afterEach(async () => {
  await client.stop();
  await discord.close();
});

describe('row 6: a login that is refused', () => {
  it.each(FATAL)('with %i ends with the remedy, and is not tried again', async (code, remedy) => {
    discord.faults.refuseIdentify = code;
    client = clientHere(discord);
    const error = await client.ended;
    expect([error?.name, error?.message]).toEqual(['OperatorError', expect.stringContaining(remedy)]);
    expect(discord.gateway.counts.connections).toBe(1);
  });
});

describe('row 7: a session that is closed for good', () => {
  it.each(FATAL)('with %i ends with the remedy', async (code, remedy) => {
    client = clientHere(discord);
    await client.online;
    discord.faults.close(code);
    const error = await client.ended;
    expect(error?.name).toBe('OperatorError');
    expect(error?.message).toContain(remedy);
    expect(error?.message).toContain(`(code ${code})`);
  });
});

describe('row 9: a Discord that is down at the start', () => {
  it('is called again and again until it answers, and what failed is logged', async () => {
    const port = await freePort();
    client = clientHere({ token: discord.token, apiUrl: `http://127.0.0.1:${port}/api` });
    while (client.log.length < 3) await new Promise((resolve) => setImmediate(resolve));
    expect(client.log[0]).toMatchObject({
      msg: 'no session with Discord; logging in again',
      reason: expect.stringContaining('ECONNREFUSED'),
    });
    const late = await startStandIn({ port });
    await client.online;
    await client.stop();
    await late.close();
  });
});

describe('row 11: a token that is refused', () => {
  it('once is kept, and the request is sent again', async () => {
    client = clientHere(discord);
    const online = await client.online;
    discord.faults.onRest(/^GET \/users\/@me$/, { status: 401 });
    expect(await online.rest.get('/users/@me')).toMatchObject({ id: discord.bot.id });
  });

  it('once at the login is asked again', async () => {
    discord.faults.onRest(/^GET \/gateway\/bot$/, { status: 401 });
    client = clientHere(discord);
    expect((await client.online).isReady()).toBe(true);
  });

  it('again and again ends the bot with the remedy', async () => {
    client = clientHere(discord);
    const online = await client.online;
    discord.faults.onRest(/^GET \/users\/@me$/, { status: 401 }, 3);
    await expect(online.rest.get('/users/@me')).rejects.toThrow();
    const error = await client.ended;
    expect([error?.name, error?.message]).toEqual([
      'OperatorError',
      expect.stringContaining('DISCORD_TOKEN'),
    ]);
  });
});

describe('row 14: a first answer that hangs', () => {
  it('is sent again while there is time, with the waits that the bot has in earnest', async () => {
    client = clientHere(discord, TIMINGS);
    const online = await client.online;
    discord.faults.onRest(/callback$/, 'hang');
    const sent = online.rest.post('/interactions/1/token/callback', { auth: false, body: { type: 5 } });
    await expect(sent).rejects.toThrow('Unknown interaction');
  });
});
