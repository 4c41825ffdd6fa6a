import { once } from 'node:events';
import { type Client, GatewayIntentBits } from 'discord.js';
import { afterEach, describe, expect, it } from 'vitest';
import { makeClient, type Scene, setScene } from './scene.ts';
import type { StandIn, StandInOptions } from './stand-in.ts';
import type { Channel, User } from './world.ts';

let scene: Scene;
let discord: StandIn;
let alice: User;
let channel: Channel;
let client: Client;

async function begin(options: StandInOptions = {}): Promise<void> {
  scene = await setScene(options);
  ({ discord, alice, channel, client } = scene);
}

afterEach(() => scene.close());

describe('faults', () => {
  const send = () => client.rest.post(`/channels/${channel.id}/messages`, { body: { content: 'x' } });

  it('stores but answers 502, and the retry makes a second copy', async () => {
    await begin();
    discord.faults.onRest(/^POST .*\/messages$/, 'store-then-502');
    await send();
    expect(discord.messagesIn(channel)).toHaveLength(2);
  });

  it('resets, answers HTML, and limits the rate', async () => {
    await begin();
    discord.faults.onRest(/messages$/, 'reset');
    await expect(send()).rejects.toThrow();
    discord.faults.onRest(/messages$/, 'html');
    expect(await send()).toBeInstanceOf(ArrayBuffer);
    discord.faults.onRest(/messages$/, { status: 429, retryAfterS: 0 });
    await send();
    expect(discord.requests.map(({ status }) => status).slice(-4)).toEqual([0, 200, 429, 200]);
  });

  it('refuses a wrong token and privileged intents as Discord does', async () => {
    await begin();
    const wrong = makeClient(discord);
    await expect(wrong.login('no-such-token')).rejects.toThrow('invalid token');
    const curious = makeClient(discord, [GatewayIntentBits.MessageContent]);
    await expect(curious.login(discord.token)).rejects.toThrow('disallowed intents');
    await Promise.all([wrong.destroy(), curious.destroy()]);
  });

  it.each([
    ['op 7', () => discord.faults.reconnect()],
    ['op 9, resumable', () => discord.faults.invalidSession(true)],
    ['close 4000', () => discord.faults.close(4000)],
  ])('lets the client resume after %s', async (_, fault) => {
    await begin();
    fault();
    await discord.until(() => discord.gateway.counts.resumes === 1);
  });

  it.each([
    ['it forgets', () => discord.faults.forget()],
    ['it closes with 4009', () => discord.faults.close(4009)],
  ])('makes the client identify anew after %s', async (_, fault) => {
    await begin();
    const ready = once(client, 'shardReady');
    fault();
    await ready;
    expect(discord.gateway.counts).toMatchObject({ identifies: 2, resumes: 0 });
  });

  it('takes a client without acknowledged heartbeats as dead once it reconnects', async () => {
    await begin({ heartbeatIntervalMs: 50 });
    discord.faults.stopAcks();
    await discord.until(() => discord.gateway.counts.resumes === 1);
  });

  it('sends a dispatch twice, and two in the wrong order', async () => {
    await begin();
    const seen: string[] = [];
    const all = new Promise<void>((resolve) => {
      client.on('raw', ({ t, d }: { t: string; d: { id: string } }) => {
        if (t === 'MESSAGE_CREATE' && seen.push(d.id) === 4) resolve();
      });
    });
    discord.faults.duplicateDispatch();
    const one = discord.say(alice, channel, 'one');
    discord.faults.reorderDispatch();
    const two = discord.say(alice, channel, 'two');
    const three = discord.say(alice, channel, 'three');
    await all;
    expect(seen).toEqual([one.id, one.id, three.id, two.id]);
  });
});
