import type { Client, Message } from 'discord.js';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Gap, MAX_CHANNELS, MAX_DMS, MAX_GAP_MS, MAX_MESSAGES } from '../../src/discord/gap.ts';
import { Repeats } from '../../src/discord/repeats.ts';
import { type Scene, setScene } from './stand-in/scene.ts';

const MINUTE_MS = 60_000;

let scene: Scene;
let client: Client;
let gap: Gap;
/** Contents of what the gap gave, in order. */
let heard: string[];
/** How long ago it is, for Discord and for the bot. */
let agoMs: number;
const now = () => Date.now() - agoMs;

beforeEach(async () => {
  agoMs = 60 * MINUTE_MS;
  scene = await setScene({ now });
  client = scene.client;
  gap = new Gap(new Repeats(pino({ level: 'silent' }), 0), now);
  heard = [];
});
afterEach(() => scene.close());

const read = () => gap.read(client, ({ content }) => heard.push(content));
const say = (text: string, channel = scene.channel) =>
  scene.discord.say(scene.alice, channel, `${scene.discord.mention} ${text}`);
/** What the gap knows of a message that the bot was sent. */
const known = (message: { id: string; channel_id: string; guild_id?: string }) =>
  ({ id: message.id, channelId: message.channel_id, guildId: message.guild_id ?? null }) as Message;
/** Resolves when the client has heard of all that was written so far. */
const caughtUp = async () => {
  const { id, channel_id } = say('the last');
  await new Promise<void>((resolve) => {
    const look = () => {
      const place = client.channels.cache.get(channel_id);
      if (place?.isTextBased() && place.lastMessageId === id) resolve();
      else setImmediate(look);
    };
    look();
  });
};
const heardOf = (word: string) => heard.filter((content) => content.includes(word));

describe('the gap', () => {
  it('is none before it is opened, and none after Discord sent what was missed', async () => {
    gap.begin();
    say('one');
    await read();
    gap.open();
    gap.close();
    await read();
    expect(heard).toEqual([]);
  });

  it('gives what was written since the last message, oldest first, over all places', async () => {
    gap.begin();
    const other = scene.discord.channel(scene.guild);
    gap.heard(known(say('known')));
    gap.open();
    for (const [text, place] of [
      ['a', scene.channel],
      ['b', other],
      ['c', scene.channel],
    ] as const)
      say(text, place);
    await caughtUp();
    await read();
    expect(heardOf(' ').map((content) => content.split(' ')[1])).toEqual(['known', 'a', 'b', 'c', 'the']);
    heard = [];
    await read();
    expect(heard).toEqual([]);
  });

  it('gives a message too that was written before the last one, but never came', async () => {
    gap.begin();
    say('overtaken');
    gap.heard(known(say('known')));
    gap.open();
    await caughtUp();
    await read();
    expect(heardOf('overtaken')).toHaveLength(1);
  });

  it('begins where the bot first came online', async () => {
    say('before');
    agoMs -= 1000;
    gap.begin();
    gap.open();
    await caughtUp();
    await read();
    expect(heardOf('before')).toEqual([]);
    expect(heardOf('the last')).toHaveLength(1);
  });

  it('stays open at the first of two breaks', async () => {
    gap.begin();
    gap.open();
    say('between');
    gap.heard(known(say('later')));
    gap.open();
    await caughtUp();
    await read();
    expect(heardOf('between')).toHaveLength(1);
  });

  it('leaves out what is older than a quarter of an hour', async () => {
    gap.begin();
    gap.heard(known(say('an hour ago')));
    agoMs = MAX_GAP_MS + MINUTE_MS;
    say('too old');
    agoMs = MAX_GAP_MS - MINUTE_MS;
    say('young enough');
    agoMs = 0;
    gap.open();
    await caughtUp();
    await read();
    expect([heardOf('too old').length, heardOf('young enough').length]).toEqual([0, 1]);
  });

  it('is read in so many places, those written to last', async () => {
    gap.begin();
    gap.open();
    for (let number = 1; number < MAX_CHANNELS + 10; number++)
      say(`number ${number}.`, scene.discord.channel(scene.guild));
    await caughtUp();
    await read();
    expect(heard).toHaveLength(MAX_CHANNELS);
    expect(heardOf('number 10.')).toEqual([]);
    expect(heardOf('number 11.')).toHaveLength(1);
  });

  it('is read so many messages far in one place', async () => {
    gap.begin();
    gap.open();
    for (let number = 1; number <= MAX_MESSAGES + 5; number++) say(`number ${number}.`);
    await caughtUp();
    await read();
    expect(heard).toHaveLength(MAX_MESSAGES);
    expect(heardOf(`number ${MAX_MESSAGES}.`)).toHaveLength(1);
  });

  it('is read in the direct messages that were written to last', async () => {
    gap.begin();
    const readers = Array.from({ length: MAX_DMS + 1 }, () => scene.discord.user());
    for (const reader of readers)
      gap.heard(known(scene.discord.say(reader, scene.discord.dm(reader), 'known')));
    gap.open();
    for (const reader of readers) scene.discord.say(reader, scene.discord.dm(reader), `missed ${reader.id}`);
    await read();
    expect(heardOf('missed')).toHaveLength(MAX_DMS);
    expect(heardOf(`missed ${readers[0]?.id}`)).toEqual([]);
  });

  it('is read elsewhere though one place cannot be read', async () => {
    const other = scene.discord.channel(scene.guild);
    gap.begin();
    gap.open();
    say('shut');
    say('open', other);
    await caughtUp();
    scene.discord.faults.onRest(new RegExp(`^GET /channels/${scene.channel.id}/messages`), {
      status: 403,
      code: 50001,
    });
    await read();
    expect([heardOf('shut').length, heardOf('open').length]).toEqual([0, 1]);
  });
});
