import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BotProcess, SEEDS, startBotProcess } from './bot-process.ts';
import { buttonOf, componentsIn, textOf } from './reading.ts';
import type { Interaction } from './stand-in/interaction.ts';
import { permission } from './stand-in/permissions.ts';
import { type StandIn, startStandIn } from './stand-in/stand-in.ts';
import type { WireMessage } from './stand-in/wire.ts';
import type { Channel, Guild, User } from './stand-in/world.ts';

const COST = 'What did the pier at Orrin cost?';
const PIER = 'Pier opens\nThe pier at Orrin cost nine million pounds.\n\nIt was opened on Monday.';

let folder: string;
let discord: StandIn;
let guild: Guild;
let owner: User;
let bot: BotProcess;
let channel: Channel;
const start = async () => {
  const options = { seeds: path.join(folder, 'seeds'), indexFolder: path.join(folder, 'index') };
  bot = await startBotProcess(discord, options);
  await bot.logged('ready');
};
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'liaison-rebuilding-'));
  await mkdir(path.join(folder, 'seeds'));
  for (const name of ['tarnbeck-library-vote.txt', 'tarnbeck-library-vote.json']) {
    await cp(path.join(SEEDS, name), path.join(folder, 'seeds', name));
  }
  await put('pier.txt', PIER);
  await put('pier.json', JSON.stringify({ examples: [COST] }));
  discord = await startStandIn();
  owner = discord.user({ name: 'owner' });
  guild = discord.guild({ owner });
  await start();
});
beforeEach(() => {
  channel = discord.channel(guild);
});
afterEach(() => expect(discord.violations).toEqual([]));
afterAll(async () => {
  expect(await bot.stop()).toBe(0);
  await discord.close();
  await rm(folder, { recursive: true });
});

const put = (name: string, text: string) => writeFile(path.join(folder, 'seeds', name), text);
const remove = (name: string) => rm(path.join(folder, 'seeds', name));
const reembed = (options: Record<string, string> = {}) => discord.command(owner, channel, 'reembed', options);
/** The message in the channel, once it says so. */
const shown = (text: string, message?: WireMessage) =>
  discord.until(
    () =>
      discord
        .messagesIn(channel)
        .find((one) => textOf(one).includes(text) && (message === undefined || one.id === message.id)),
    `"${text}" in the channel`,
  );
const click = (message: WireMessage, prefix: string, user = owner): Interaction =>
  discord.click(user, message, buttonOf(message, prefix));
const status = async () => textOf(await discord.command(owner, channel, 'status').final());
/** An article that says nothing of what it said before. */
const spoil = () => put('pier.txt', 'Weather\nIt rained in the valley, and the wind blew from the west.');
const mend = async () => {
  await put('pier.txt', PIER);
  reembed();
  await shown('The index is rebuilt');
};

describe('/reembed', () => {
  it('shows its progress in the channel, with a button that cancels it, and then what it came to', async () => {
    await put('bridge.txt', 'Bridge opens\nThe bridge cost forty million pounds.');
    const asked = reembed();
    const message = await discord.nextMessage(channel);
    expect(textOf(message)).toContain('Rebuilding the index');
    expect(buttonOf(message, 'rebuild:cancel:')).toBeTruthy();
    const link = await asked.final((reply) => textOf(reply).includes(message.id));
    expect(textOf(link)).toContain('the present one answers meanwhile');
    expect(asked.ephemeral).toBe(true);
    const done = await shown('The index is rebuilt', message);
    expect(textOf(done)).toMatch(
      /1 added, 0 updated, 0 removed, 2 unchanged\n- 2 texts embedded, in [\d.]+ s\n- \d+ golden questions asked, none answered worse/,
    );
    expect(componentsIn(done).some(({ custom_id: id }) => id !== undefined)).toBe(false);
    expect(discord.messagesIn(channel)).toHaveLength(1);
    expect(await status()).toMatch(/Last rebuild <t:\d+:f>: published\s·\s1 added/);
  });

  it('outlives the 15 minutes of its interaction', async () => {
    reembed({ mode: 'all' });
    const message = await discord.nextMessage(channel);
    discord.advance(16 * 60_000);
    expect(textOf(await shown('The index is rebuilt', message))).toMatch(/\d\d+ texts embedded/);
  });

  it('says so when there was nothing to do', async () => {
    reembed();
    expect(textOf(await shown('The index was up to date'))).toContain('0 added, 0 updated, 0 removed');
  });

  it('embeds one article anew by itself', async () => {
    reembed({ seed: 'pier' });
    expect(textOf(await shown('The index is rebuilt'))).toMatch(/3 unchanged\n- 3 texts embedded/);
    const unknown = await reembed({ seed: 'nothing' }).final();
    expect(textOf(unknown)).toContain('There is no such article');
  });

  it('joins the one that runs', async () => {
    const first = reembed({ mode: 'all' });
    await first.final();
    const second = reembed();
    const told = await second.final((reply) => textOf(reply).includes('The index is rebuilt'));
    expect(textOf(told)).toMatch(/\d\d+ texts embedded/);
    expect(discord.messagesIn(channel)).toHaveLength(1);
  });

  it('is cancelled by its button, by admins only, and answers go on', async () => {
    reembed({ mode: 'all' });
    const message = await discord.nextMessage(channel);
    const reader = discord.user({ name: 'reader' });
    discord.join(guild, reader);
    expect(textOf(await click(message, 'rebuild:cancel:', reader).final())).toContain('those who manage');
    const pressed = click(message, 'rebuild:cancel:');
    await shown('The rebuild was cancelled; the index is as it was', message);
    expect(textOf(await pressed.final())).toBe('It is being cancelled.');
    const again = discord.click(owner, message, buttonOf(message, 'rebuild:cancel:'), { forged: true });
    expect(textOf(await again.final())).toBe('That rebuild is over.');
    expect(await status()).toMatch(/: cancelled/);
  });

  it('shows its progress to the one who asks where it may not post', async () => {
    discord.overwrite(channel, discord.bot, { deny: permission.sendMessages });
    const asked = reembed({ mode: 'all' });
    const progress = await asked.final();
    expect(textOf(progress)).toContain('Rebuilding the index');
    expect(asked.ephemeral).toBe(true);
    await asked.final((reply) => textOf(reply).includes('The index is rebuilt'));
    expect(discord.messagesIn(channel)).toEqual([]);
  });

  it('tells the one who asked when its message was removed meanwhile', async () => {
    const asked = reembed({ mode: 'all' });
    const message = await discord.nextMessage(channel);
    discord.remove(message);
    await asked.final((reply) => textOf(reply).includes('The index is rebuilt'));
  });

  it('says what is wrong when an article cannot be read, without the operator’s folders', async () => {
    await writeFile(path.join(folder, 'seeds', 'bad.txt'), Buffer.from([0xff, 0xfe, 0, 0]));
    reembed();
    const failed = textOf(await shown('The rebuild failed; the index is as it was'));
    expect(failed).toContain('bad.txt');
    expect(failed).not.toContain(folder);
    const told = await status();
    expect(told).toMatch(/: failed.*bad\.txt/);
    expect(told).not.toContain(folder);
    await remove('bad.txt');
  });
});

describe('an index that answers a golden question worse', () => {
  it('is not published but shown, before and after, and published when an admin decides so', async () => {
    await spoil();
    reembed();
    const held = await shown('Not published');
    const text = textOf(held);
    expect(text).toContain(`**${COST}**`);
    expect(text).toMatch(/before: answered\s·\s\d+% sure\n> The pier at Orrin cost nine million pounds\./);
    expect(text).toMatch(/now: (related passages only|not in the articles)/);
    expect(await status()).toContain('held back, waiting for a decision');
    const reader = discord.user({ name: 'reader' });
    discord.join(guild, reader);
    expect(textOf(await click(held, 'rebuild:publish:', reader).final())).toContain('those who manage');
    click(held, 'rebuild:publish:');
    const published = await shown('Published anyway: generation', held);
    expect(componentsIn(published).some(({ custom_id: id }) => id !== undefined)).toBe(false);
    expect(await status()).toMatch(/: published/);
    await mend();
  });

  it('goes when an admin discards it', async () => {
    await spoil();
    reembed();
    const held = await shown('Not published');
    click(held, 'rebuild:discard:');
    await shown('Discarded; the index before goes on answering', held);
    const late = discord.click(owner, held, buttonOf(held, 'rebuild:publish:'), { forged: true });
    await late.final((message) => textOf(message).includes('That index is gone'));
    await mend();
  });

  it('is said to be gone when something newer was built', async () => {
    await spoil();
    reembed();
    const held = await shown('Not published');
    await mend();
    click(held, 'rebuild:publish:');
    await shown('That index is gone', held);
  });
});

describe('/rollback', () => {
  it('goes back to the index before, and says when it cannot', async () => {
    const rollback = () => discord.command(owner, channel, 'rollback');
    await put('lighthouse.txt', 'Lighthouse\nThe lighthouse at Orrin was lit in 1911.');
    reembed();
    await shown('1 added');
    const gone = rollback();
    expect(textOf(await gone.final())).toMatch(/^Generation \d{6} answers now, until the next rebuild/);
    expect(gone.ephemeral).toBe(true);
    discord.say(owner, channel, `${discord.mention} When was the lighthouse at Orrin lit?`);
    expect(
      textOf(await discord.nextMessage(channel, (one) => !textOf(one).includes('rebuilt'))),
    ).not.toContain('1911');
    await put('pier.txt', PIER.replace('Monday', 'Tuesday'));
    const refused = textOf(await rollback().final());
    expect(refused).toMatch(/^Not rolled back: /);
    expect(refused).not.toContain(folder);
    await put('pier.txt', PIER);
  });
});

it('an article that was changed on disk is named to readers by its title, and by its path in the log', async () => {
  await put('pier.txt', PIER.replace('Monday', 'Friday'));
  discord.say(owner, channel, `${discord.mention} ${COST}`);
  const told = textOf(await discord.nextMessage(channel));
  expect(told).toContain('“Pier opens” has changed since it was read in; an admin can run /reembed.');
  expect(told).not.toContain('pier.txt');
  expect((await bot.logged('a reaction failed')).reason).toContain('pier.txt');
  await put('pier.txt', PIER);
});

it('after a restart /status still knows the last rebuild, and old buttons say that they are settled', async () => {
  await spoil();
  reembed();
  const held = await shown('Not published');
  expect(await bot.stop()).toBe(0);
  await start();
  // A start cannot ask anybody: what fits the articles answers.
  const lines = bot.log.map(({ msg }) => msg).join('\n');
  expect(lines).toContain('the seeds have changed since (pier)');
  expect(await status()).toMatch(/Last rebuild <t:\d+:f>: published.* 1 answered worse/);
  click(held, 'rebuild:discard:');
  await shown('That index is gone', held);
  expect(JSON.parse(await readFile(path.join(folder, 'index', 'last-rebuild.json'), 'utf8'))).toMatchObject({
    outcome: 'published',
    worse: 1,
  });
});
