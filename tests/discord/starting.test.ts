import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PermissionsBitField } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotOptions, type BotProcess, PROJECT, startBotProcess } from './bot-process.ts';
import { builtIndex } from './built-index.ts';
import { buttonOf, quotesIn, textOf } from './reading.ts';
import { type StandIn, startStandIn } from './stand-in/stand-in.ts';
import type { WireMessage } from './stand-in/wire.ts';
import type { Channel, User } from './stand-in/world.ts';

const QUESTION = 'What will the roof cost?';
const indexFolder = await builtIndex();

/** Starts a bot and waits until it can answer. */
async function readyBot(discord: StandIn): Promise<BotProcess> {
  const bot = await startBotProcess(discord, { indexFolder });
  await bot.logged('ready');
  return bot;
}

describe('a bot that is stopped and started again', () => {
  let discord: StandIn;
  let reader: User;
  let dm: Channel;
  let channel: Channel;
  let first: BotProcess;
  let second: BotProcess;
  let answer: WireMessage;
  let help: WireMessage;

  beforeAll(async () => {
    discord = await startStandIn();
    reader = discord.user();
    dm = discord.dm(reader);
    channel = discord.channel(discord.guild({ owner: reader }));
    first = await readyBot(discord);
    discord.say(reader, dm, QUESTION);
    answer = await discord.nextMessage(dm);
    discord.say(reader, dm, '\u200b');
    help = await discord.nextMessage(dm);
    await discord.command(reader, channel, 'channel nowhere').final();
  });
  afterAll(async () => {
    expect(await second.stop()).toBe(0);
    await discord.close();
  });

  const registrations = () =>
    discord.requests.filter(({ method, path: at }) => method === 'PUT' && at.endsWith('/commands')).length;

  it('prints the link that invites it, with the permissions that it needs and no others', async () => {
    const { invite } = await first.logged('add the bot to a server by this link');
    const asked = new URL(String(invite)).searchParams;
    expect(asked.get('client_id')).toBe(discord.bot.id);
    expect(asked.get('scope')).toBe('bot applications.commands');
    expect(new PermissionsBitField(BigInt(asked.get('permissions') ?? '')).toArray().toSorted()).toEqual([
      'AttachFiles',
      'EmbedLinks',
      'ReadMessageHistory',
      'SendMessages',
      'SendMessagesInThreads',
      'ViewChannel',
    ]);
  });

  it('has registered its commands, each with its name in every language', () => {
    expect(registrations()).toBe(1);
    for (const command of discord.world.commands.values()) {
      expect(Object.keys(command.name_localizations ?? {}).sort()).toEqual(['ja', 'ko', 'zh-CN']);
    }
  });

  it('answers what is in hand before it ends', async () => {
    const readers = Array.from({ length: 20 }, () => discord.user());
    for (const each of readers) discord.say(each, discord.dm(each), QUESTION);
    // The first answer shows that the questions have arrived; all of them were sent in one go.
    await Promise.race(readers.map((each) => discord.nextMessage(discord.dm(each))));
    expect(await first.stop()).toBe(0);
    for (const each of readers) expect(discord.messagesIn(discord.dm(each))).toHaveLength(2);
  });

  it('registers nothing again', async () => {
    second = await readyBot(discord);
    expect(registrations()).toBe(1);
  });

  it('keeps to where mentions are answered', async () => {
    discord.say(reader, channel, `${discord.mention} ${QUESTION}`);
    const shown = await discord.command(reader, channel, 'channel show').final();
    expect(textOf(shown)).toContain('nowhere in this server');
    expect(discord.messagesIn(channel)).toHaveLength(1);
  });

  it('leaves every button at work', async () => {
    const press = async (message: WireMessage, prefix: string) =>
      textOf(await discord.click(reader, message, buttonOf(message, prefix)).final());
    expect(await press(answer, 'context:')).toContain('paragraph');
    expect(await press(answer, 'why:')).toContain('Why these passages?');
    expect(await press(answer, 'more:')).toContain('Quotes 4 to 6');
    expect(await press(help, 'example:')).toContain('Answered');
    discord.click(reader, answer, buttonOf(answer, 'dismiss:'));
    await discord.until(() => !discord.world.messages.has(answer.id));
  });
});

describe('a bot whose commands Discord does not take', () => {
  let discord: StandIn;
  let bot: BotProcess;
  beforeAll(async () => {
    discord = await startStandIn();
    discord.faults.onRest(/^PUT .*\/commands$/, { status: 403, code: 50001 });
    bot = await readyBot(discord);
  });
  afterAll(() => discord.close());

  it('says so, and answers', async () => {
    await bot.logged('commands could not be registered; try: npm run deploy-commands');
    const reader = discord.user();
    discord.say(reader, discord.dm(reader), QUESTION);
    expect(quotesIn(await discord.nextMessage(discord.dm(reader)))[0]).toContain('£86,000');
  });

  it('ends with a reason when Discord shuts the session for good', async () => {
    discord.faults.close(4004);
    const { status, stderr } = await bot.ended();
    expect(status).toBe(1);
    expect(stderr).toContain('4004');
  });
});

describe.concurrent('a start that fails', () => {
  /** What it says on its way out. */
  async function failing(options: BotOptions, meanwhile?: (discord: StandIn) => Promise<void>) {
    const discord = await startStandIn();
    const bot = await startBotProcess(discord, { indexFolder, ...options });
    await meanwhile?.(discord);
    const { status, stderr } = await bot.ended();
    await discord.close();
    expect(status).toBe(1);
    return stderr;
  }

  it('for a wrong token says in one line where to get the right one', async () => {
    const told = await failing({ env: { DISCORD_TOKEN: 'wrong' } });
    expect(told).toMatch(/^Discord: the token is refused; .*DISCORD_TOKEN\n$/);
  });

  it('for an intent that is refused says in one line which switch it is', async () => {
    const told = await failing({}, async (discord) => {
      await discord.until(() => discord.gateway.counts.connections > 0);
      discord.faults.close(4014);
    });
    expect(told).toMatch(/^Discord: an intent is refused; .*Privileged Gateway Intents.*\n$/);
  });

  it('for want of an article names in one line the folder to put one into', async () => {
    const seeds = await mkdtemp(path.join(tmpdir(), 'liaison-no-seeds-'));
    const told = await failing({ seeds });
    await rm(seeds, { recursive: true });
    expect(told).toMatch(/^[^\n]*liaison-no-seeds-[^\n]*\n$/);
  });

  it('because nobody is there tries again, and ends at once when it is told to', async () => {
    const discord = await startStandIn();
    const env = { DISCORD_API_URL: 'http://127.0.0.1:9/api' };
    const bot = await startBotProcess(discord, { indexFolder, env });
    const line = await bot.logged('no session with Discord; logging in again');
    expect(line.reason).toContain('ECONNREFUSED');
    expect(await bot.stop()).toBe(0);
    await discord.close();
  });
});

describe('npm run deploy-commands', () => {
  it('registers by hand, where something has changed', async () => {
    const discord = await startStandIn();
    const deploy = () =>
      new Promise<string>((resolve, reject) => {
        const env = { ...process.env, DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
        const args = ['--import', 'tsx', 'src/discord/deploy-commands.ts'];
        execFile(process.execPath, args, { cwd: PROJECT, env }, (error, stdout) =>
          error ? reject(error) : resolve(stdout),
        );
      });
    expect(await deploy()).toContain('13 commands registered');
    expect(await deploy()).toContain('nothing to do');
    await discord.close();
  });
});
