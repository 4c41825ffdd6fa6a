import type { Client, RequestMethod } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asked, COMMANDS, codeOf, type Scene, setScene } from './scene.ts';
import type { StandIn } from './stand-in.ts';
import type { Channel, User } from './world.ts';

let scene: Scene;
let discord: StandIn;
let client: Client;
let channel: Channel;
let alice: User;

beforeEach(async () => {
  scene = await setScene();
  ({ discord, client, channel, alice } = scene);
  await client.application?.commands.set(COMMANDS);
});
afterEach(() => discord.takeViolations());
afterEach(() => scene.close());

function send(method: 'POST' | 'PUT' | 'PATCH', fullRoute: `/${string}`, body?: unknown): Promise<unknown> {
  return client.rest.request({
    method: method as RequestMethod,
    fullRoute,
    ...(body !== undefined && { body }),
  });
}

/** A message of the bot in the channel. */
async function posted(): Promise<string> {
  await send('POST', `/channels/${channel.id}/messages`, { content: 'x' });
  return (await discord.nextMessage(channel)).id;
}

describe('a query that Discord does not describe', () => {
  it.each([
    ['of a misspelt name', '/messages?limits=5', 'query.limits'],
    ['out of range', '/messages?limit=101', 'query.limit'],
    ['where there is none', '?limit=5', 'query.limit'],
  ])('is refused: %s', async (_, query, told) => {
    const fullRoute = `/channels/${channel.id}${query}` as const;
    expect(await codeOf(client.rest.request({ method: 'GET' as RequestMethod, fullRoute }))).toBe(50035);
    expect(discord.takeViolations()[0]?.message).toContain(told.split('.')[1]);
  });
});

describe('a body that Discord does not describe', () => {
  const own = () => `/applications/${discord.bot.id}` as const;
  const say = () => `/channels/${channel.id}/messages` as const;
  it.each([
    ['a message', 'POST', say, { content: 5 }, 'content'],
    ['a message with a misspelt key', 'POST', say, { content: 'x', embed: {} }, 'embed'],
    [
      'a component of no known type',
      'POST',
      say,
      { flags: 1 << 15, components: [{ type: 99, content: 'x' }] },
      'components',
    ],
    ['a command without a name', 'POST', () => `${own()}/commands`, { description: 'x' }, 'name'],
    ['a list of commands', 'PUT', () => `${own()}/commands`, [{ name: 'x', type: 'slash' }], 'type'],
    [
      'commands of a server',
      'PUT',
      () => `${own()}/guilds/${scene.guild.id}/commands`,
      [{ name: 'x', description: 'x', options: [{ type: 3 }] }],
      'options',
    ],
    ['a body where there is none', 'POST', () => `/channels/${channel.id}/typing`, { long: true }, 'no body'],
  ] as const)('is refused: %s', async (_, method, route, body, told) => {
    expect(await codeOf(send(method, route() as `/${string}`, body))).toBe(50035);
    const [violation] = discord.takeViolations();
    expect(violation).toMatchObject({ method, path: route(), kind: 'request' });
    expect(violation?.message).toContain(told);
  });

  it('is refused in an edit', async () => {
    const route = `/channels/${channel.id}/messages/${await posted()}` as const;
    expect(await codeOf(send('PATCH', route, { content: true }))).toBe(50035);
    expect(discord.takeViolations()).toMatchObject([{ kind: 'request', path: route }]);
  });

  it.each([
    ['a type that is none', { type: 99 }],
    ['a message with a misspelt key', { type: 4, data: { contents: 'x' } }],
    ['choices that are no list', { type: 8, data: { choices: 'x' } }],
  ])('is refused as the answer to an interaction: %s', async (_, body) => {
    const { interaction } = await asked(scene);
    const route = `/interactions/${interaction.id}/${interaction.token}/callback` as const;
    expect(await codeOf(client.rest.post(route, { body, auth: false }))).toBe(50035);
    expect(discord.takeViolations()).toMatchObject([{ kind: 'request', path: route }]);
  });

  it('is refused as the edit of an answer and as a follow-up', async () => {
    const { interaction } = await asked(scene);
    await interaction.deferReply();
    const hook = `/webhooks/${discord.bot.id}/${interaction.token}` as const;
    const edit = client.rest.patch(`${hook}/messages/@original`, { body: { embeds: 'x' }, auth: false });
    expect(await codeOf(edit)).toBe(50035);
    expect(await codeOf(client.rest.post(hook, { body: { content: [] }, auth: false }))).toBe(50035);
    expect(discord.takeViolations()).toMatchObject([{ kind: 'request' }, { kind: 'request' }]);
  });
});

describe('an answer of the stand-in that Discord does not describe', () => {
  /** Spoils what the stand-in keeps, so that what it answers breaks the description. */
  function spoil(target: object | undefined, change: Record<string, unknown>): void {
    Object.assign(target ?? {}, change);
  }

  it.each([
    ['a user', () => `/users/${alice.id}`, () => spoil(alice, { name: null })],
    ['a channel', () => `/channels/${channel.id}`, () => spoil(channel, { name: 5 })],
    [
      'commands',
      () => `/applications/${discord.bot.id}/commands`,
      () => spoil([...discord.world.commands.values()][0], { version: 1 }),
    ],
    [
      'messages',
      () => `/channels/${channel.id}/messages`,
      () => spoil(discord.say(alice, channel, 'x'), { pinned: 'no' }),
    ],
    [
      'messages with a key of their own',
      () => `/channels/${channel.id}/messages`,
      () => spoil(discord.say(alice, channel, 'x'), { colour: 'red' }),
    ],
  ] as const)('is written down: %s', async (_, route, spoilIt) => {
    spoilIt();
    await client.rest.get(route() as `/${string}`);
    expect(discord.takeViolations()).toMatchObject([{ method: 'GET', path: route(), kind: 'response' }]);
  });

  it('is written down of an interaction as well', async () => {
    const { interaction } = await asked(scene);
    spoil(discord.bot, { name: 7 });
    await interaction.reply({ content: 'x', withResponse: true });
    expect(discord.takeViolations()).toMatchObject([{ kind: 'response' }]);
  });
});

describe('a run in which something was out of order', () => {
  it.each([
    ['asks', () => send('POST', `/channels/${channel.id}/messages`, { content: 5 })],
    ['is answered', () => Object.assign(alice, { name: null }) && client.rest.get(`/users/${alice.id}`)],
    ['asks for something unknown', () => client.rest.get('/guilds/1/audit-logs')],
  ])('fails at its end, naming it: %s', async (_, happen) => {
    await Promise.resolve(happen()).catch(() => {});
    await client.destroy();
    await expect(discord.close()).rejects.toThrow(/Discord's rules were broken:\n(request|response) of /);
    scene = await setScene();
    discord = scene.discord;
  });
});
