import { once } from 'node:events';
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  type ChatInputCommandInteraction,
  type Client,
  ContainerBuilder,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buttonsOf, textOf } from './reading.ts';
import { asked, COMMANDS, codeOf, invoked, received, type Scene, setScene } from './scene.ts';
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

describe('a client that behaves', () => {
  beforeEach(() => begin());
  afterEach(() => expect(discord.violations).toEqual([]));

  it('gets a mention with its content and replies once, however often it sends the nonce', async () => {
    const arrival = received(scene);
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
    const first = received(scene);
    discord.say(alice, channel, 'a secret');
    expect((await first).content).toBe('');
    await client.rest.post(`/channels/${channel.id}/messages`, { body: { content: 'an answer' } });
    const replyTo = await discord.nextMessage(channel);
    const second = received(scene);
    discord.say(alice, channel, 'and then?', { replyTo });
    expect((await second).content).toBe('and then?');
  });

  it('gets a direct message and answers with a file', async () => {
    const arrival = received(scene);
    discord.say(alice, discord.dm(alice), 'hello', {
      attachments: [{ name: 'a.txt', data: Buffer.from('a') }],
    });
    const message = await arrival;
    expect(message.channel.isDMBased()).toBe(true);
    expect(message.attachments.first()?.name).toBe('a.txt');
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
    const { handle, interaction } = await asked(scene);
    expect(interaction.locale).toBe('ko');
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await interaction.editReply(page('an answer', 'more:1'));
    await interaction.followUp('and one more thing');
    expect((await handle.response()).type).toBe(5);
    const message = await handle.final();
    expect(handle.ephemeral).toBe(true);
    expect(textOf(message)).toBe('an answer');
    expect(buttonsOf(message)).toMatchObject([{ custom_id: 'more:1' }]);
    expect((await handle.followup()).content).toBe('and one more thing');

    const clicked = invoked(scene);
    const click = discord.click(alice, message, 'more:1');
    const button = await clicked;
    if (!button.isButton()) throw new Error('not a button');
    const input = new TextInputBuilder().setCustomId('why').setStyle(TextInputStyle.Short);
    const label = new LabelBuilder().setLabel('Why?').setTextInputComponent(input);
    await button.showModal(
      new ModalBuilder().setCustomId('modal:1').setTitle('More').addLabelComponents(label),
    );
    expect((await click.response()).modal?.title).toBe('More');

    const submitted = invoked(scene);
    const submission = discord.submit(alice, 'modal:1', { why: 'because' });
    const modal = await submitted;
    if (!modal.isModalSubmit() || !modal.isFromMessage()) throw new Error('not a modal of a message');
    expect(modal.fields.getTextInputValue('why')).toBe('because');
    await modal.update(page('a longer answer'));
    expect((await submission.final()).components[0]?.components?.[0]?.content).toBe('a longer answer');
  });

  it('answers autocomplete and a message menu', async () => {
    await client.application?.commands.set(COMMANDS);
    const typing = invoked(scene);
    const completion = discord.autocomplete(alice, channel, 'ask', 'question', { question: 'wh' });
    const interaction = await typing;
    if (!interaction.isAutocomplete()) throw new Error('not autocomplete');
    await interaction.respond([{ name: 'where?', value: interaction.options.getFocused() }]);
    expect((await completion.response()).choices).toEqual([{ name: 'where?', value: 'wh' }]);

    const target = discord.say(alice, channel, 'a claim');
    const chosen = invoked(scene);
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
    const arrival = invoked(scene);
    const handle = discord.command(bob, elsewhere, 'ask', { question: 'where?' });
    const interaction = (await arrival) as ChatInputCommandInteraction;
    expect(interaction.context).toBe(0);
    expect(interaction.authorizingIntegrationOwners).toMatchObject({ guildId: null, userId: bob.id });
    await interaction.reply('here');
    expect((await handle.final()).content).toBe('here');
    expect(() => discord.command(alice, elsewhere, 'ask', { question: 'x' })).toThrow(
      'neither in this place',
    );
    expect(() => discord.command(alice, channel, 'status')).toThrow('hidden');
  });

  it('resumes after a cut and gets what was said meanwhile', async () => {
    const arrival = received(scene);
    discord.faults.dropSocket();
    discord.say(alice, channel, `${discord.mention} meanwhile`);
    expect((await arrival).content).toContain('meanwhile');
    await discord.until(() => discord.gateway.counts.resumes === 1);
    expect(discord.gateway.counts.identifies).toBe(1);
  });

  it('hears of threads, public and private ones it is mentioned in', async () => {
    const opened = once(client, 'threadCreate');
    const secret = discord.thread(channel, { private: true, members: [alice] });
    const arrival = received(scene);
    discord.say(alice, secret, `${discord.mention} here`);
    await opened;
    await (await arrival).reply('yes');
    expect((await discord.nextMessage(secret)).content).toBe('yes');
    discord.updateThread(secret, { archived: true, locked: true });
    expect(await codeOf(client.rest.put(`/channels/${secret.id}/thread-members/@me`))).toBe(50083);
  });
});
