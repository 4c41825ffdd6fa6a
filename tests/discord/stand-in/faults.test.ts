import { once } from 'node:events';
import { GatewayIntentBits } from 'discord.js';
import { describe, expect, it, type TestContext } from 'vitest';
import { makeClient, type Scene, setScene } from './scene.ts';
import type { StandIn, StandInOptions } from './stand-in.ts';

/** Sets the scene for one test: discord.js waits for seconds in some, so that all of them run at once. */
async function begin({ onTestFinished }: TestContext, options: StandInOptions = {}): Promise<Scene> {
  const scene = await setScene(options);
  onTestFinished(() => scene.close());
  return scene;
}

function send({ client, channel }: Scene): Promise<unknown> {
  return client.rest.post(`/channels/${channel.id}/messages`, { body: { content: 'x' } });
}

describe.concurrent('faults', () => {
  it('stores but answers 502, and the retry makes a second copy', async (test) => {
    const scene = await begin(test);
    const { discord, channel } = scene;
    discord.faults.onRest(/^POST .*\/messages$/, 'store-then-502');
    await send(scene);
    expect(discord.messagesIn(channel)).toHaveLength(2);
  });

  it('resets, answers HTML, and limits the rate', async (test) => {
    const scene = await begin(test);
    const { discord } = scene;
    discord.faults.onRest(/messages$/, 'reset');
    await expect(send(scene)).rejects.toThrow();
    discord.faults.onRest(/messages$/, 'html');
    expect(await send(scene)).toBeInstanceOf(ArrayBuffer);
    discord.faults.onRest(/messages$/, { status: 429, retryAfterS: 0 });
    await send(scene);
    expect(discord.requests.map(({ status }) => status).slice(-4)).toEqual([0, 200, 429, 200]);
  });

  it('refuses a wrong token and privileged intents as Discord does', async (test) => {
    const { discord } = await begin(test);
    const wrong = makeClient(discord);
    await expect(wrong.login('no-such-token')).rejects.toThrow('invalid token');
    const curious = makeClient(discord, [GatewayIntentBits.MessageContent]);
    await expect(curious.login(discord.token)).rejects.toThrow('disallowed intents');
    await Promise.all([wrong.destroy(), curious.destroy()]);
  });

  it.for<[string, (discord: StandIn) => void]>([
    ['op 7', (discord) => discord.faults.reconnect()],
    ['op 9, resumable', (discord) => discord.faults.invalidSession(true)],
    ['close 4000', (discord) => discord.faults.close(4000)],
  ])('lets the client resume after %s', async ([, fault], test) => {
    const { discord } = await begin(test);
    fault(discord);
    await discord.until(() => discord.gateway.counts.resumes === 1);
  });

  it.for<[string, (discord: StandIn) => void]>([
    ['it forgets', (discord) => discord.faults.forget()],
    ['it closes with 4009', (discord) => discord.faults.close(4009)],
  ])('makes the client identify anew after %s', async ([, fault], test) => {
    const { discord, client } = await begin(test);
    const ready = once(client, 'shardReady');
    fault(discord);
    await ready;
    expect(discord.gateway.counts).toMatchObject({ identifies: 2, resumes: 0 });
  });

  it('takes a client without acknowledged heartbeats as dead once it reconnects', async (test) => {
    const { discord } = await begin(test, { heartbeatIntervalMs: 50 });
    discord.faults.stopAcks();
    await discord.until(() => discord.gateway.counts.resumes === 1);
  });

  it('sends a dispatch twice, and two in the wrong order', async (test) => {
    const { discord, client, alice, channel } = await begin(test);
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
