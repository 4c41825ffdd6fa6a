import { readFileSync } from 'node:fs';
import { cp, mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { MAX_INVALID } from '../../src/discord/invalid-requests.ts';
import { type BotProcess, SEEDS, startBotProcess } from './bot-process.ts';
import { builtIndex } from './built-index.ts';
import { freePort } from './free-port.ts';
import { quotesIn, textOf } from './reading.ts';
import { type StandIn, startStandIn } from './stand-in/stand-in.ts';
import type { Channel, Guild, User } from './stand-in/world.ts';

const SHARDS = 4;
const QUESTION = 'What will the roof cost?';

const bothReady = (bot: BotProcess) =>
  Promise.all([0, 1].map((index) => bot.logged('ready', ({ shard }) => shard === index)));

describe('a bot of four shards', () => {
  let discord: StandIn;
  let bot: BotProcess;
  let owner: User;
  let origin: string;
  /** One server a shard, each with a channel. */
  let guilds: Guild[];
  let channels: Channel[];
  let alice: User;

  beforeAll(async () => {
    discord = await startStandIn({ shards: SHARDS });
    owner = discord.user({ name: 'owner' });
    guilds = Array.from({ length: SHARDS }, (_, index) => discord.guild({ owner, shard: [index, SHARDS] }));
    channels = guilds.map((guild) => discord.channel(guild));
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    const indexFolder = await builtIndex();
    bot = await startBotProcess(discord, { indexFolder, env: { SHARDS: 'auto', HEALTH_PORT: String(port) } });
    await everyShard('ready');
  });
  beforeEach(() => {
    alice = discord.user({ name: 'alice' });
    for (const guild of guilds) discord.join(guild, alice);
  });
  afterAll(async () => {
    expect(discord.violations).toEqual([]);
    await bot.stop();
    await discord.close();
  });

  function everyShard(message: string, shards = [...guilds.keys()]) {
    return Promise.all(shards.map((index) => bot.logged(message, ({ shard }) => shard === index)));
  }

  const place = (shard: number) => channels[shard] as Channel;
  const ask = (shard: number, who = alice) =>
    discord.say(who, place(shard), `${discord.mention} ${QUESTION}`);
  const answered = async (shard: number) => {
    const message = await discord.nextMessage(place(shard), (each) => quotesIn(each).length > 0);
    return quotesIn(message)[0];
  };
  const answersIn = (shard: number) =>
    discord.messagesIn(place(shard)).filter(({ author }) => author.id === discord.bot.id).length;

  it('takes as many as Discord recommends, and registers the commands once', () => {
    expect(discord.gateway.liveShards.toSorted()).toEqual([0, 1, 2, 3]);
    const registered = discord.requests.filter(
      ({ method, path: at }) => method === 'PUT' && at.endsWith('/commands'),
    );
    expect(registered).toHaveLength(1);
    expect(JSON.stringify(bot.log)).not.toContain(discord.token);
  });

  it('answers each server, and direct messages, once', async () => {
    for (const shard of guilds.keys()) {
      ask(shard);
      expect(await answered(shard)).toContain('£86,000');
    }
    discord.say(alice, discord.dm(alice), QUESTION);
    expect(quotesIn(await discord.nextMessage(discord.dm(alice)))[0]).toContain('£86,000');
    expect(guilds.map((_, shard) => answersIn(shard))).toEqual([1, 1, 1, 1]);
  });

  it('adds up what /status and the health endpoint tell', async () => {
    const told = textOf(await discord.command(owner, place(3), 'status').final());
    expect(told).toContain(`${SHARDS} servers`);
    expect(told).toContain('4 of 4 shards online');
    const metrics = await (await fetch(`${origin}/metrics`)).text();
    expect(metrics).toContain('liaison_questions_total{outcome="answered"} 5');
    const ready = await fetch(`${origin}/ready`);
    expect([ready.status, await ready.json()]).toMatchObject([200, { live: true, shards: [{}, {}, {}, {}] }]);
  });

  it('counts the questions of a user over all shards', async () => {
    for (let asked = 0; asked < 10; asked++) {
      ask(asked % SHARDS);
      await answered(asked % SHARDS);
    }
    ask(3);
    expect(textOf(await discord.nextMessage(place(3)))).toMatch(/ask again in \d+ s/);
  });

  it('keeps what the servers of several shards set at once', async () => {
    const set = guilds.map((_, shard) =>
      discord.command(owner, place(shard), 'channel add', { place: place(shard).id }).final(),
    );
    for (const message of await Promise.all(set)) expect(textOf(message)).toContain('I answer mentions in');
    const kept = JSON.parse(readFileSync(path.join(bot.indexFolder, 'answering-places.json'), 'utf8'));
    expect(Object.keys(kept).toSorted()).toEqual(guilds.map(({ id }) => id).toSorted());
  });

  it('rebuilds the index in one of them; the others take it up', async () => {
    discord.command(owner, place(2), 'reembed', { mode: 'all' });
    await discord.until(() => discord.messagesIn(place(2)).some((one) => textOf(one).includes('is rebuilt')));
    await everyShard(
      'index: generation 000002 answers now; another process has changed the index',
      [0, 1, 3],
    );
  });

  it('reads what each shard missed when Discord has forgotten all sessions, and answers it once', async () => {
    const before = guilds.map((_, shard) => answersIn(shard));
    discord.faults.forget();
    for (const shard of guilds.keys()) ask(shard);
    for (const shard of guilds.keys()) expect(await answered(shard)).toContain('£86,000');
    await everyShard('read what was missed');
    expect(guilds.map((_, shard) => answersIn(shard))).toEqual(before.map((count) => count + 1));
  });

  it('goes on in the others when one dies, starts it again, and answers what was asked meanwhile', async () => {
    const before = guilds.map((_, shard) => answersIn(shard));
    const { pid } = await bot.logged('ready', ({ shard }) => shard === 2);
    process.kill(Number(pid), 'SIGKILL');
    await bot.logged('a shard ended; it is started again', ({ shard }) => shard === 2);
    ask(2);
    for (const shard of [0, 1, 3]) ask(shard);
    for (const shard of [0, 1, 3]) expect(await answered(shard)).toContain('£86,000');
    expect((await fetch(`${origin}/live`)).status).toBe(503);
    expect(await answered(2)).toContain('£86,000');
    expect(guilds.map((_, shard) => answersIn(shard))).toEqual(before.map((count) => count + 1));
    expect((await fetch(`${origin}/live`)).status).toBe(200);
    const told = textOf(await discord.command(owner, place(2), 'status').final());
    expect(told).toContain('4 of 4 shards online');
  });

  it('ends with 0 after every shard has answered what is in hand', async () => {
    const before = guilds.map((_, shard) => answersIn(shard));
    const readers = Array.from({ length: 5 }, () => discord.user());
    for (const reader of readers) for (const guild of guilds) discord.join(guild, reader);
    for (const reader of readers) for (const shard of guilds.keys()) ask(shard, reader);
    await Promise.all(guilds.map((_, shard) => answered(shard)));
    expect(await bot.stop()).toBe(0);
    expect(guilds.map((_, shard) => answersIn(shard))).toEqual(before.map((count) => count + readers.length));
  });
});

describe('two shards where Discord takes one login in five seconds', () => {
  let discord: StandIn;
  let bot: BotProcess;
  beforeAll(async () => {
    discord = await startStandIn({ maxConcurrency: 1 });
    bot = await startBotProcess(discord, { indexFolder: await builtIndex(), env: { SHARDS: '2' } });
    await bothReady(bot);
  });
  afterAll(() => discord.close());

  it('log in one after the other', () => {
    expect(discord.gateway.counts).toMatchObject({ identifies: 2, hastyIdentifies: 0 });
  });

  it('fall silent at half of what Discord may refuse all of them; the other one goes on', async () => {
    const readers = Array.from({ length: 5 }, () => discord.user());
    const [first, second] = [0, 1].map((index) =>
      discord.channel(discord.guild({ members: readers, shard: [index, 2] })),
    ) as [Channel, Channel];
    const answers = /^PATCH \/webhooks\//;
    const end = discord.faults.onRest(answers, { status: 429, retryAfterS: 0 }, Number.POSITIVE_INFINITY);
    for (const reader of readers) discord.command(reader, second, 'ask', { question: QUESTION });
    expect(await bot.logged('no request is sent')).toMatchObject({ level: 50, shard: 1 });
    end();
    const sent = () => discord.requests.filter(({ status }) => status === 429).length;
    expect(sent()).toBeGreaterThanOrEqual(MAX_INVALID / 2);
    // What was on its way then still came.
    expect(sent()).toBeLessThan(MAX_INVALID / 2 + readers.length);
    const [reader] = readers;
    for (const place of [second, first]) discord.say(reader as User, place, `${discord.mention} ${QUESTION}`);
    expect(quotesIn(await discord.nextMessage(first))[0]).toContain('£86,000');
    await bot.logged('a reaction failed', ({ what, shard }) => what === 'a message' && shard === 1);
    expect(discord.requests.filter(({ path: at }) => at.startsWith(`/channels/${second.id}/`))).toEqual([]);
  });

  it('end with 1, and one line, when the token is revoked', async () => {
    discord.faults.close(4004);
    const { status, stderr } = await bot.ended();
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Discord: the token is refused; .*DISCORD_TOKEN \(code 4004\)\n$/);
  });
});

describe('two shards that watch the articles', () => {
  let discord: StandIn;
  let bot: BotProcess;
  let seeds: string;
  beforeAll(async () => {
    discord = await startStandIn();
    seeds = path.join(await mkdtemp(path.join(inject('runFolder'), 'watched-')), 'seeds');
    await cp(SEEDS, seeds, { recursive: true });
    const env = { SHARDS: '2', WATCH_SEEDS: '1' };
    bot = await startBotProcess(discord, { seeds, indexFolder: await builtIndex(), env });
    await bothReady(bot);
  });
  afterAll(() => discord.close());

  it('take up a change that the first of them sees', async () => {
    await writeFile(path.join(seeds, 'ferry.txt'), 'Ferry sails\n\nThe Quillport ferry sails at nine.\n');
    await bot.logged('the articles changed on disk');
    const taken = 'index: generation 000002 answers now; another process has changed the index';
    expect(await bot.logged(taken)).toMatchObject({ shard: 1 });
    const watching = bot.log.filter(({ msg }) => msg === 'watching the articles');
    expect(watching).toMatchObject([{ shard: 0, folder: seeds }]);
  });

  it('finish what is in hand, and end, when their keeper is killed', async () => {
    const reader = discord.user();
    discord.say(reader, discord.dm(reader), QUESTION);
    bot.process.kill('SIGKILL');
    expect(quotesIn(await discord.nextMessage(discord.dm(reader)))[0]).toContain('£86,000');
    // The log closes when the last of them has ended.
    await bot.ended();
    expect(discord.gateway.liveShards).toEqual([]);
  });
});

describe('the start of a bot with shards', () => {
  let discord: StandIn;
  beforeAll(async () => {
    discord = await startStandIn({ shards: 1 });
  });
  afterAll(() => discord.close());

  it('tells a wrong token in one line, and starts no shard', async () => {
    const bot = await startBotProcess(discord, { env: { SHARDS: '4', DISCORD_TOKEN: 'wrong' } });
    const { status, stderr } = await bot.ended();
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Discord: the token is refused; .*DISCORD_TOKEN\n$/);
    expect(bot.log).toEqual([]);
  });

  it('stays in one process where Discord recommends one shard', async () => {
    const bot = await startBotProcess(discord, { indexFolder: await builtIndex(), env: { SHARDS: 'auto' } });
    expect(await bot.logged('ready')).not.toHaveProperty('shard');
    expect(await bot.stop()).toBe(0);
  });

  it('asks again while nobody answers, and ends at once when told to', async () => {
    const env = { SHARDS: 'auto', DISCORD_API_URL: 'http://127.0.0.1:9/api' };
    const bot = await startBotProcess(discord, { env });
    await bot.logged('Discord is out of reach; asking again');
    expect(await bot.stop()).toBe(0);
  });
});
