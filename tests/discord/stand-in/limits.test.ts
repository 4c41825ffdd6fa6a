import type { Client } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { permission } from './permissions.ts';
import { asked, COMMANDS, codeOf, type Scene, setScene } from './scene.ts';
import type { StandIn, StandInOptions } from './stand-in.ts';
import type { Channel } from './world.ts';

let scene: Scene;
let discord: StandIn;
let channel: Channel;
let client: Client;

async function begin(options: StandInOptions = {}): Promise<void> {
  scene = await setScene(options);
  ({ discord, channel, client } = scene);
}

afterEach(() => scene.close());

describe('limits', () => {
  beforeEach(() => begin());

  function post(body: object): Promise<unknown> {
    return client.rest.post(`/channels/${channel.id}/messages`, { body });
  }

  it.each([
    ['content over 2,000', { content: 'x'.repeat(2001) }, 50035],
    ['nothing at all', { content: ' ' }, 50006],
    ['eleven embeds', { embeds: new Array(11).fill({ title: 'x' }) }, 50035],
    ['embeds over 6,000', { embeds: new Array(2).fill({ description: 'x'.repeat(3001) }) }, 50035],
    [
      'content with Components V2',
      { content: 'x', flags: 1 << 15, components: [{ type: 10, content: 'x' }] },
      50035,
    ],
    ['Components V2 without the flag', { components: [{ type: 10, content: 'x' }] }, 50035],
    ['41 components', { flags: 1 << 15, components: new Array(41).fill({ type: 14 }) }, 50035],
    [
      'text displays over 4,000',
      { flags: 1 << 15, components: new Array(2).fill({ type: 10, content: 'x'.repeat(2001) }) },
      50035,
    ],
    ['two buttons of one custom id', row('a', 'a'), 50035],
    ['six buttons a row', row('a', 'b', 'c', 'd', 'e', 'f'), 50035],
    ['a custom id over 100', row('x'.repeat(101)), 50035],
  ])('refuses %s and writes it down', async (_, body, code) => {
    expect(await codeOf(post(body))).toBe(code);
    expect(discord.takeViolations()).toMatchObject([
      { method: 'POST', path: `/channels/${channel.id}/messages`, kind: 'request' },
    ]);
  });

  it('says where the mistake is', async () => {
    const errors = { content: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH' }] } };
    await expect(post({ content: 'x'.repeat(2001) })).rejects.toMatchObject({ rawError: { errors } });
    expect(discord.takeViolations()).toHaveLength(1);
  });

  it('refuses what is not permitted or not there', async () => {
    const locked = discord.thread(channel, { archived: true, locked: true });
    const shut = discord.user({ dmsClosed: true });
    const to = (id: string) => client.rest.post(`/channels/${id}/messages`, { body: { content: 'x' } });
    expect(await codeOf(to('1'))).toBe(10003);
    expect(await codeOf(to(locked.id))).toBe(50083);
    expect(await codeOf(to(discord.dm(shut).id))).toBe(50007);
    expect(await codeOf(client.rest.get(`/channels/${channel.id}/messages/1`))).toBe(10008);
    discord.overwrite(channel, discord.bot, { deny: permission.sendMessages });
    expect(await codeOf(post({ content: 'x' }))).toBe(50013);
    discord.overwrite(channel, discord.bot, { deny: permission.viewChannel });
    expect(await codeOf(post({ content: 'x' }))).toBe(50001);
    expect(discord.violations).toEqual([]);
  });

  it('times interactions: 3 s for the first answer, once, and 15 minutes for the token', async () => {
    await client.application?.commands.set(COMMANDS);
    const late = await asked(scene);
    discord.advance(3001);
    expect(await codeOf(late.interaction.reply('x'))).toBe(10062);
    const { interaction } = await asked(scene);
    expect(await codeOf(interaction.webhook.editMessage('@original', 'x'))).toBe(10015);
    await interaction.deferReply();
    const path = `/interactions/${interaction.id}/${interaction.token}/callback` as const;
    expect(await codeOf(client.rest.post(path, { body: { type: 5 }, auth: false }))).toBe(40060);
    discord.advance(15 * 60_000);
    expect(await codeOf(interaction.editReply('x'))).toBe(50027);
  });
});

function row(...customIds: string[]) {
  return {
    components: [
      { type: 1, components: customIds.map((id) => ({ type: 2, style: 2, label: 'x', custom_id: id })) },
    ],
  };
}
