import { once } from 'node:events';
import {
  ActionRowBuilder,
  ApplicationCommandType,
  ButtonBuilder,
  ButtonStyle,
  type ChatInputCommandInteraction,
  Client,
  ContainerBuilder,
  ContextMenuCommandBuilder,
  DiscordAPIError,
  GatewayIntentBits,
  type Interaction,
  LabelBuilder,
  type Message,
  MessageFlags,
  ModalBuilder,
  Partials,
  SlashCommandBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { permission } from './permissions.ts';
import { type StandIn, type StandInOptions, startStandIn } from './stand-in.ts';
import type { Channel, Guild, User } from './world.ts';

const COMMANDS = [
  new SlashCommandBuilder()
    .setName('ask')
    .setDescription('Asks the articles')
    .setIntegrationTypes(0, 1)
    .setContexts(0, 1, 2)
    .addStringOption((option) =>
      option.setName('question').setDescription('What to ask').setRequired(true).setAutocomplete(true),
    ),
  new SlashCommandBuilder().setName('status').setDescription('Tells').setDefaultMemberPermissions(32n),
  new ContextMenuCommandBuilder().setName('Check').setType(ApplicationCommandType.Message),
].map((command) => command.toJSON());

let discord: StandIn;
let client: Client;
let alice: User;
let guild: Guild;
let channel: Channel;

async function begin(options: StandInOptions = {}): Promise<void> {
  discord = await startStandIn(options);
  alice = discord.user({ name: 'alice', locale: 'ko' });
  guild = discord.guild({ members: [alice] });
  channel = discord.channel(guild);
  client = makeClient();
  const ready = once(client, 'clientReady');
  await client.login(discord.token);
  await ready;
}

function makeClient(intents: GatewayIntentBits[] = []): Client {
  const { Guilds, GuildMessages, DirectMessages } = GatewayIntentBits;
  const made = new Client({
    rest: { api: discord.apiUrl },
    intents: [Guilds, GuildMessages, DirectMessages, ...intents],
    partials: [Partials.Channel],
    allowedMentions: { parse: [] },
  });
  made.on('error', () => {});
  return made;
}

async function received(): Promise<Message> {
  const [message] = await once(client, 'messageCreate');
  return message;
}

async function invoked(): Promise<Interaction> {
  const [interaction] = await once(client, 'interactionCreate');
  return interaction;
}

async function asked(name = 'ask', options: Record<string, string> = { question: 'where?' }) {
  const arrival = invoked();
  const handle = discord.command(alice, channel, name, options);
  return { handle, interaction: (await arrival) as ChatInputCommandInteraction };
}

function page(text: string, ...customIds: string[]) {
  const buttons = customIds.map((id) =>
    new ButtonBuilder().setCustomId(id).setLabel('More').setStyle(ButtonStyle.Secondary),
  );
  const container = new ContainerBuilder().addTextDisplayComponents(
    new TextDisplayBuilder().setContent(text),
  );
  if (buttons.length)
    container.addActionRowComponents(new ActionRowBuilder<ButtonBuilder>().addComponents(buttons));
  return { components: [container], flags: MessageFlags.IsComponentsV2 as const };
}

async function codeOf(attempt: Promise<unknown>): Promise<unknown> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof DiscordAPIError ? error.code : error;
}

afterEach(async () => {
  await client?.destroy();
  await discord.close();
});

describe('a client that behaves', () => {
  beforeEach(() => begin());
  afterEach(() => expect(discord.violations).toEqual([]));

  it('gets a mention with its content and replies once, however often it sends the nonce', async () => {
    const arrival = received();
    const question = discord.say(alice, channel, `${discord.mention} where is it?`);
    const message = await arrival;
    expect(message.content).toContain('where is it?');
    const answer = { content: 'there', nonce: '1', enforceNonce: true };
    await message.reply(answer);
    await message.reply(answer);
    const reply = await discord.nextMessage(channel);
    expect(reply.referenced_message?.id).toBe(question.id);
    expect(reply.mentions).toEqual([]);
    expect(discord.messagesIn(channel)).toHaveLength(2);
  });

  it('sees no content of messages that do not concern it, and that of ping-replies to it', async () => {
    const first = received();
    discord.say(alice, channel, 'a secret');
    expect((await first).content).toBe('');
    const [own] = await Promise.all([
      client.rest.post(`/channels/${channel.id}/messages`, { body: { content: 'hi' } }),
    ]);
    const second = received();
    discord.say(alice, channel, 'and then?', {
      replyTo: discord.messagesIn(channel).at(-1) ?? (own as never),
    });
    expect((await second).content).toBe('and then?');
  });

  it('gets a direct message and answers with a file', async () => {
    const arrival = received();
    discord.say(alice, discord.dm(alice), 'hello', {
      attachments: [{ name: 'a.txt', data: Buffer.from('a') }],
    });
    const message = await arrival;
    expect(message.channel.isDMBased()).toBe(true);
    expect(message.attachments.first()?.name).toBe('a.txt');
    await message.channel.isSendable();
    await message.reply({
      content: 'see',
      files: [{ attachment: Buffer.from('quotes'), name: 'quotes.txt' }],
    });
    const answer = await discord.nextMessage(discord.dm(alice));
    expect(answer.attachments.map((each) => discord.file(each).toString())).toEqual(['quotes']);
  });

  it('registers commands once and finds them again', async () => {
    const before = await client.application?.commands.set(COMMANDS);
    const after = await client.application?.commands.set(COMMANDS);
    expect(after?.map(({ id }) => id)).toEqual(before?.map(({ id }) => id));
    expect((await client.application?.commands.fetch())?.size).toBe(3);
  });

  it('defers a slash command and edits it into Components V2, whose button opens a modal', async () => {
    await client.application?.commands.set(COMMANDS);
    const { handle, interaction } = await asked();
    expect(interaction.locale).toBe('ko');
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await interaction.editReply(page('an answer', 'more:1'));
    await interaction.followUp('and one more thing');
    expect((await handle.response()).type).toBe(5);
    const message = await handle.final();
    expect(handle.ephemeral).toBe(true);
    expect(message.components[0]?.components?.[0]?.content).toBe('an answer');
    expect((await handle.followup()).content).toBe('and one more thing');

    const clicked = invoked();
    const click = discord.click(alice, message, 'more:1');
    const button = await clicked;
    if (!button.isButton()) throw new Error('not a button');
    const input = new TextInputBuilder().setCustomId('why').setStyle(TextInputStyle.Short);
    const label = new LabelBuilder().setLabel('Why?').setTextInputComponent(input);
    await button.showModal(
      new ModalBuilder().setCustomId('modal:1').setTitle('More').addLabelComponents(label),
    );
    expect((await click.response()).modal?.title).toBe('More');

    const submitted = invoked();
    const submission = discord.submit(alice, 'modal:1', { why: 'because' });
    const modal = await submitted;
    if (!modal.isModalSubmit() || !modal.isFromMessage()) throw new Error('not a modal of a message');
    expect(modal.fields.getTextInputValue('why')).toBe('because');
    await modal.update(page('a longer answer'));
    expect((await submission.final()).components[0]?.components?.[0]?.content).toBe('a longer answer');
  });

  it('answers autocomplete and a message menu', async () => {
    await client.application?.commands.set(COMMANDS);
    const typing = invoked();
    const completion = discord.autocomplete(alice, channel, 'ask', 'question', { question: 'wh' });
    const interaction = await typing;
    if (!interaction.isAutocomplete()) throw new Error('not autocomplete');
    await interaction.respond([{ name: 'where?', value: interaction.options.getFocused() }]);
    expect((await completion.response()).choices).toEqual([{ name: 'where?', value: 'wh' }]);

    const target = discord.say(alice, channel, 'a claim');
    const chosen = invoked();
    const check = discord.menu(alice, channel, 'Check', target);
    const menu = await chosen;
    if (!menu.isMessageContextMenuCommand()) throw new Error('not a message menu');
    expect(menu.targetMessage.content).toBe('a claim');
    await menu.reply({ content: 'related', withResponse: true });
    expect((await check.final()).content).toBe('related');
  });

  it('serves a user who brought the app along to a server without it', async () => {
    await client.application?.commands.set(COMMANDS);
    const bob = discord.user({ installed: true });
    const elsewhere = discord.channel(discord.guild({ members: [bob], bot: false }));
    const arrival = invoked();
    const handle = discord.command(bob, elsewhere, 'ask', { question: 'where?' });
    const interaction = (await arrival) as ChatInputCommandInteraction;
    expect(interaction.context).toBe(0);
    expect(interaction.authorizingIntegrationOwners).toEqual({ 1: bob.id });
    await interaction.reply('here');
    expect((await handle.final()).content).toBe('here');
    expect(() => discord.command(alice, elsewhere, 'ask', { question: 'x' })).toThrow(
      'neither in this place',
    );
    expect(() => discord.command(alice, channel, 'status')).toThrow('hidden');
  });

  it('resumes after a cut and gets what was said meanwhile', async () => {
    const arrival = received();
    discord.faults.dropSocket();
    discord.say(alice, channel, `${discord.mention} meanwhile`);
    expect((await arrival).content).toContain('meanwhile');
    await discord.until(() => discord.gateway.counts.resumes === 1);
    expect(discord.gateway.counts.identifies).toBe(1);
  });

  it('hears of threads, public and private ones it is mentioned in', async () => {
    const opened = once(client, 'threadCreate');
    const secret = discord.thread(channel, { private: true, members: [alice] });
    const arrival = received();
    discord.say(alice, secret, `${discord.mention} here`);
    await opened;
    await (await arrival).reply('yes');
    expect((await discord.nextMessage(secret)).content).toBe('yes');
    discord.updateThread(secret, { archived: true, locked: true });
    expect(await codeOf((await client.channels.fetch(secret.id)) as never)).toBeDefined();
  });
});

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
    expect(discord.violations).toMatchObject([{ method: 'POST', path: `/channels/${channel.id}/messages` }]);
  });

  it('says where the mistake is', async () => {
    const error = await post({ content: 'x'.repeat(2001) }).catch((reason) => reason);
    expect(error.rawError.errors.content._errors[0].code).toBe('BASE_TYPE_MAX_LENGTH');
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
    const late = await asked();
    discord.advance(3001);
    expect(await codeOf(late.interaction.reply('x'))).toBe(10062);
    const { interaction } = await asked();
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
    const wrong = makeClient();
    await expect(wrong.login('no-such-token')).rejects.toThrow('invalid token');
    const curious = makeClient([GatewayIntentBits.MessageContent]);
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

  it('loses the session when it forgets, and when it closes with 4009', async () => {
    await begin();
    discord.faults.forget();
    await discord.until(() => discord.gateway.counts.identifies === 2);
    discord.faults.close(4009);
    await discord.until(() => discord.gateway.counts.identifies === 3);
  });

  it('takes a client without acknowledged heartbeats as dead once it reconnects', async () => {
    await begin({ heartbeatIntervalMs: 50 });
    discord.faults.stopAcks();
    await discord.until(() => discord.gateway.counts.resumes === 1);
  });

  it('sends a dispatch twice, and two in the wrong order', async () => {
    await begin();
    const seen: string[] = [];
    client.on('messageCreate', ({ id }) => seen.push(id));
    discord.faults.duplicateDispatch();
    const one = discord.say(alice, channel, 'one');
    discord.faults.reorderDispatch();
    const two = discord.say(alice, channel, 'two');
    const last = once(client, 'messageCreate', { signal: AbortSignal.timeout(5_000) });
    const three = discord.say(alice, channel, 'three');
    await last;
    await send();
    expect(seen.slice(0, 4)).toEqual([one.id, one.id, three.id, two.id]);
  });
});
