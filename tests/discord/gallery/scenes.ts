import { appendFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BotProcess } from '../bot-process.ts';
import { LIGHTHOUSE } from '../offered.ts';
import { buttonOf, textOf } from '../reading.ts';
import type { Value } from '../stand-in/command-options.ts';
import type { StandIn } from '../stand-in/stand-in.ts';
import type { WireMessage } from '../stand-in/wire.ts';
import type { Channel, Guild, User } from '../stand-in/world.ts';
import { type Shot, shotOf } from './shot.ts';

const OFTEN = 'How often will the co-heads meet?';

export interface Stage {
  readonly discord: StandIn;
  readonly bot: BotProcess;
  readonly guild: Guild;
  readonly owner: User;
  readonly seeds: string;
}

/** Drives the bot through every kind of reply, in the order of the page. */
export async function playScenes(stage: Stage): Promise<Shot[]> {
  return [
    ...(await mentions(stage)),
    ...(await buttons(stage)),
    ...(await lookUps(stage)),
    ...(await verdicts(stage)),
    ...(await menus(stage)),
    ...(await languages(stage)),
    ...(await itself(stage)),
    ...(await admins(stage)),
    ...(await rebuilding(stage)),
    ...(await articles(stage)),
    ...(await refusals(stage)),
  ];
}

/** A reader with a question budget of their own, and a channel with a past of its own. */
function reader({ discord, guild }: Stage, locale = 'en-US'): { user: User; channel: Channel } {
  const user = discord.user({ name: 'alice', locale });
  discord.join(guild, user);
  return { user, channel: discord.channel(guild, { name: 'articles' }) };
}

async function mention(stage: Stage, kind: string, question: string, replyTo?: Shot): Promise<Shot> {
  const { discord } = stage;
  const { user, channel } = reader(stage);
  const place = replyTo ? (discord.world.channels.get(replyTo.message.channel_id) ?? channel) : channel;
  const text = replyTo ? question : `${discord.mention} ${question}`;
  discord.say(user, place, text, replyTo && { replyTo: replyTo.message });
  const message = await discord.nextMessage(place);
  const said = replyTo ? question : `@liaison ${question}`;
  return { kind, said, used: null, message, ephemeral: false, locale: 'en-US' };
}

async function mentions(stage: Stage): Promise<Shot[]> {
  const who = await mention(stage, 'before the follow-up', 'Who is Graham Stoll?');
  return [
    await mention(stage, 'answered', OFTEN),
    who,
    await mention(stage, 'follow-up', 'How old is he?', who),
    await mention(stage, 'related', 'How was the weather at the ceremony?'),
    await mention(stage, 'not in the sources', 'What is the capital of Peru?'),
    await mention(stage, 'question in another language', '개성 연락사무소는 어디에 있나요?'),
    await mention(stage, 'empty mention', ''),
  ];
}

async function buttons(stage: Stage): Promise<Shot[]> {
  const { discord } = stage;
  const { user, channel } = reader(stage);
  const options = { question: OFTEN, private: true };
  const asked = discord.command(user, channel, 'ask', options);
  const answer = await shotOf('private answer', '/ask', asked);
  const press = (kind: string, used: string, message: WireMessage, id: string) =>
    shotOf(kind, used, discord.click(user, message, buttonOf(message, id)));
  const sharing = discord.click(user, answer.message, buttonOf(answer.message, 'share:'));
  return [
    answer,
    await press('context', 'Context', answer.message, 'context:'),
    await press('more quotes', 'More quotes', answer.message, 'more:'),
    await press('why this', 'Why this?', answer.message, 'why:'),
    { ...answer, kind: 'share', used: 'Share', message: await sharing.followup(), ephemeral: false },
  ];
}

async function lookUps(stage: Stage): Promise<Shot[]> {
  const { discord } = stage;
  const { user, channel } = reader(stage);
  const use = (kind: string, name: string, options: Record<string, string | number>) =>
    shotOf(kind, `/${name}`, discord.command(user, channel, name, options));
  return [
    await use('find, word for word', 'find', { text: 'opening ceremony', mode: 'exact' }),
    await use('find, by meaning', 'find', { text: 'factories that were closed', mode: 'meaning' }),
    await use('read', 'read', { paragraph: 4, seed: 'inter-korean-liaison-office' }),
    await use('too long: in a file', 'read', { paragraph: 2, seed: 'minutes' }),
  ];
}

async function verdicts(stage: Stage): Promise<Shot[]> {
  const { discord } = stage;
  const { user, channel } = reader(stage);
  const verify = (verdict: string, quote: string) =>
    shotOf(`verify: ${verdict}`, '/verify', discord.command(user, channel, 'verify', { quote }));
  return [
    await verify('exact', 'The co-heads will meet every week.'),
    await verify('altered', 'The co-heads will meet every month.'),
    await verify(
      'stitched',
      'Yonhap reported that the ROK will station around 20 officials there, and the co-heads will meet every week.',
    ),
    await verify('absent', 'The two sides signed a peace treaty in Kaesong on Saturday morning.'),
  ];
}

async function menus(stage: Stage): Promise<Shot[]> {
  const { discord } = stage;
  const { user, channel } = reader(stage);
  const claims = discord.say(
    user,
    channel,
    'The co-heads will meet every week. The ROK will send 200 officials to the office. The stock market in New York fell on Monday.',
  );
  const quoted = discord.say(user, channel, 'end hostile relations');
  const choose = (kind: string, name: string, target: WireMessage) =>
    shotOf(kind, name, discord.menu(user, channel, name, target));
  return [
    await choose('check against the articles', 'Check against the articles', claims),
    await choose('find in the articles', 'Find in the articles', quoted),
  ];
}

async function languages(stage: Stage): Promise<Shot[]> {
  const { discord } = stage;
  const shots: Shot[] = [];
  for (const locale of ['ko', 'zh-CN', 'ja']) {
    const { user, channel } = reader(stage, locale);
    const use = (kind: string, name: string, options: Record<string, string | number> = {}) =>
      shotOf(`${locale}: ${kind}`, `/${name}`, discord.command(user, channel, name, options));
    const answer = await use('answered', 'ask', { question: OFTEN });
    const absent = await use('not in the sources', 'ask', { question: 'What is the capital of Peru?' });
    const altered = await use('verify: altered', 'verify', { quote: 'The co-heads will meet every month.' });
    const why = discord.click(user, answer.message, buttonOf(answer.message, 'why:'));
    const claims = discord.say(user, channel, 'The co-heads will meet every week. My cat likes cheese.');
    const check = discord.menu(user, channel, 'Check against the articles', claims);
    shots.push(answer, absent, altered, await shotOf(`${locale}: why this`, 'Why this?', why));
    shots.push(await shotOf(`${locale}: check`, 'Check against the articles', check));
    shots.push(await use('find', 'find', { text: 'Kaesong Industrial Complex' }));
    shots.push(await use('help', 'help'), await use('seeds', 'seeds list'), await use('about', 'about'));
  }
  return shots;
}

async function itself(stage: Stage): Promise<Shot[]> {
  const { discord } = stage;
  const { user, channel } = reader(stage);
  const shots: Shot[] = [];
  for (const name of ['seeds list', 'about', 'help']) {
    shots.push(await shotOf(name, `/${name}`, discord.command(user, channel, name)));
  }
  return shots;
}

async function admins(stage: Stage): Promise<Shot[]> {
  const { discord, owner, guild } = stage;
  const { user, channel } = reader(stage);
  const use = (kind: string, name: string, options: Record<string, string | boolean> = {}) =>
    shotOf(kind, `/${name}`, discord.command(owner, channel, name, options));
  guild.openCommands.add('status');
  return [
    await use('status', 'status'),
    await use('channel: listed', 'channel add', { place: channel.id }),
    await use('channel: everywhere', 'channel everywhere'),
    await shotOf('admins only', '/status', discord.command(user, channel, 'status')),
  ];
}

async function rebuilding(stage: Stage): Promise<Shot[]> {
  const { discord, owner, guild, seeds } = stage;
  const channel = discord.channel(guild, { name: 'operators' });
  const write = (name: string, text: string) => writeFile(path.join(seeds, name), text);
  const posted = async (kind: string, text: string, options: Record<string, string> = {}) => {
    const asked = discord.command(owner, channel, 'reembed', options);
    const { id } = await discord.nextMessage(channel);
    const now = (kind: string, text: string) => changed(kind, text, id);
    return { shot: await now(kind, text), asked, now };
  };
  const changed = async (kind: string, text: string, id: string): Promise<Shot> => {
    const has = (one: WireMessage) => one.id === id && textOf(one).includes(text);
    const message = await discord.until(() => discord.messagesIn(channel).find(has), text);
    return { kind, said: null, used: '/reembed', message, ephemeral: false, locale: 'en-US' };
  };
  const click = (shot: Shot, id: string) => discord.click(owner, shot.message, buttonOf(shot.message, id));
  await write('pier.txt', 'Pier opens\nThe pier at Orrin cost nine million pounds.');
  await write('pier.json', JSON.stringify({ examples: ['What did the pier at Orrin cost?'] }));
  const { shot: first } = await posted('reembed: an article more', 'The index is rebuilt');
  const all = await posted('reembed: progress', 'Embedded:', { mode: 'all' });
  const link = await shotOf('reembed: asked', '/reembed', all.asked);
  const done = await all.now('reembed: done', 'The index is rebuilt');
  const { shot: running, now } = await posted('reembed: begun', 'Rebuilding', { mode: 'all' });
  const cancelling = await shotOf('reembed: Cancel', 'Cancel', click(running, 'rebuild:cancel:'));
  const cancelled = await now('reembed: cancelled', 'was cancelled');
  const back = await shotOf('rollback', '/rollback', discord.command(owner, channel, 'rollback'));
  await write('pier.txt', 'Weather\nIt rained in the valley, and the wind blew from the west.');
  const held = await posted('reembed: golden questions got worse', 'Not published');
  click(held.shot, 'rebuild:publish:');
  const published = await held.now('reembed: published anyway', 'Published anyway');
  for (const name of ['pier.txt', 'pier.json']) await rm(path.join(seeds, name));
  const last = await posted('reembed: done again', 'The index is rebuilt');
  return [first, link, all.shot, done, cancelling, cancelled, back, held.shot, published, last.shot];
}

/** An article comes by file, is saved, edited, removed and restored. */
async function articles(stage: Stage): Promise<Shot[]> {
  const { discord, owner } = stage;
  const { user, channel } = reader(stage);
  const use = (kind: string, step: string, options: Record<string, Value>) =>
    shotOf(kind, `/seeds ${step}`, discord.command(owner, channel, `seeds ${step}`, options));
  const rebuilt = (message: WireMessage) => textOf(message).includes('The index is rebuilt');
  const press = async (kind: string, used: string, { message, ephemeral }: Shot, id: string) => {
    const pressed = discord.click(owner, message, buttonOf(message, id));
    return { ...(await shotOf(kind, used, pressed, rebuilt)), ephemeral };
  };
  const file = { name: 'lighthouse.txt', data: Buffer.from(LIGHTHOUSE), type: 'text/plain' };
  const preview = await use('seeds: preview', 'add', { file });
  const saved = await press('seeds: saved', 'Save', preview, 'change:save:');
  const { modal } = await discord.command(owner, channel, 'seeds edit', { article: 'lighthouse' }).response();
  const sent = discord.submit(owner, modal?.custom_id ?? '', {
    aliases: 'Orrin lighthouse = the Orrin light',
  });
  const edited = await shotOf('seeds: edited', '/seeds edit', sent, rebuilt);
  const question = await use('seeds: remove', 'remove', { article: 'lighthouse' });
  const removed = await press('seeds: removed', 'Remove', question, 'change:remove:');
  const picture = { name: 'harbour.png', data: Buffer.from('PNG'), type: 'image/png' };
  const denied = discord.command(user, channel, 'seeds add', { file });
  return [
    preview,
    saved,
    edited,
    question,
    removed,
    await use('seeds: refused', 'add', { file: picture }),
    await shotOf('seeds: named admins only', '/seeds add', denied),
  ];
}

async function refusals(stage: Stage): Promise<Shot[]> {
  const { discord, seeds } = stage;
  const { user, channel } = reader(stage);
  const ask = (question: string) => discord.command(user, channel, 'ask', { question });
  const answer = await ask(OFTEN).final();
  const expired = discord.click(user, answer, 'older:1:2', { forged: true });
  const refused = await shotOf('button of an older version', 'a button', expired);
  const read = discord.command(user, channel, 'read', { paragraph: 999, seed: 'minutes' });
  const paragraph = await shotOf('no such paragraph', '/read', read);
  let wait = await shotOf('too many questions', '/ask', ask(OFTEN));
  while (!wait.ephemeral) wait = await shotOf('too many questions', '/ask', ask(OFTEN));
  const tooLong = await mention(stage, 'too long a question', 'why? '.repeat(250).trim());
  const shots = [refused, paragraph, wait, tooLong];
  await appendFile(path.join(seeds, 'inter-korean-liaison-office.txt'), '\nAdded later.\n');
  return [...shots, await mention(stage, 'article changed on disk', OFTEN)];
}
