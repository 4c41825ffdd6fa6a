import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startBotProcess } from './bot-process.ts';
import { buttonOf, quotesIn, textOf } from './reading.ts';
import { type StandIn, startStandIn } from './stand-in/stand-in.ts';
import type { WireMessage } from './stand-in/wire.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

let discord: StandIn;
let indexFolder: string;

beforeAll(async () => {
  indexFolder = await mkdtemp(path.join(tmpdir(), 'liaison-index-'));
});
beforeEach(async () => {
  discord = await startStandIn();
});
afterEach(() => discord.close());
afterAll(() => rm(indexFolder, { recursive: true, force: true }));

function registrations(): number {
  return discord.requests.filter(({ method, path: at }) => method === 'PUT' && at.endsWith('/commands'))
    .length;
}

describe('the start', () => {
  it('registers commands where they changed only, and prints the invite link', async () => {
    const first = await startBotProcess(discord, { indexFolder });
    await first.logged('ready');
    const { invite } = await first.logged('add the bot to a server by this link');
    expect(String(invite)).toContain(`client_id=${discord.bot.id}`);
    expect(await first.stop()).toBe(0);
    expect(registrations()).toBe(1);
    const second = await startBotProcess(discord, { indexFolder });
    await second.logged('ready');
    await second.stop();
    expect(registrations()).toBe(1);
    expect(discord.violations).toEqual([]);
    for (const command of discord.world.commands.values()) {
      expect(Object.keys(command.name_localizations ?? {}).sort()).toEqual(['ja', 'ko', 'zh-CN']);
    }
  });

  it('answers although registering fails', async () => {
    discord.faults.onRest(/^PUT .*\/commands$/, { status: 403, code: 50001 });
    const bot = await startBotProcess(discord, { indexFolder });
    await bot.logged('ready');
    const reader = discord.user();
    discord.say(reader, discord.dm(reader), 'What will the roof cost?');
    expect(quotesIn(await discord.nextMessage(discord.dm(reader)))[0]).toContain('£86,000');
    expect(await bot.stop()).toBe(0);
  });

  it('tells a wrong token in one line with its remedy', async () => {
    const bot = await startBotProcess(discord, { indexFolder, env: { DISCORD_TOKEN: 'wrong' } });
    const { status, stderr } = await bot.ended();
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Discord: the token is refused; .*DISCORD_TOKEN\n$/);
  });

  it('tells in one line that an intent is refused', async () => {
    const bot = await startBotProcess(discord, { indexFolder });
    await discord.until(() => discord.gateway.counts.connections > 0);
    discord.faults.close(4014);
    const { status, stderr } = await bot.ended();
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Discord: an intent is refused; .*Privileged Gateway Intents.*\n$/);
  });

  it('tells in one line that there is no article', async () => {
    const seeds = await mkdtemp(path.join(tmpdir(), 'liaison-no-seeds-'));
    const bot = await startBotProcess(discord, { indexFolder, seeds });
    const { status, stderr } = await bot.ended();
    await rm(seeds, { recursive: true });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^[^\n]*liaison-no-seeds-[^\n]*\n$/);
  });

  it('tries again while nobody answers, and ends at once when told to', async () => {
    const env = { DISCORD_API_URL: 'http://127.0.0.1:9/api' };
    const bot = await startBotProcess(discord, { indexFolder, env });
    const line = await bot.logged('no session with Discord; logging in again');
    expect(line.reason).toContain('ECONNREFUSED');
    expect(await bot.stop()).toBe(0);
  });

  it('registers by hand', async () => {
    const deploy = () =>
      new Promise<string>((resolve, reject) => {
        const env = { ...process.env, DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
        const args = ['--import', 'tsx', 'src/discord/deploy-commands.ts'];
        execFile(process.execPath, args, { cwd: PROJECT, env }, (error, stdout) =>
          error ? reject(error) : resolve(stdout),
        );
      });
    expect(await deploy()).toContain('12 commands registered');
    expect(await deploy()).toContain('nothing to do');
    expect(discord.violations).toEqual([]);
  });
});

describe('a restart', () => {
  it('leaves every button at work', async () => {
    const reader = discord.user();
    const dm = discord.dm(reader);
    const before = await startBotProcess(discord, { indexFolder });
    await before.logged('ready');
    discord.say(reader, dm, 'What will the roof cost?');
    const answer = await discord.nextMessage(dm);
    discord.say(reader, dm, '\u200b');
    const help = await discord.nextMessage(dm);
    await before.stop();
    const after = await startBotProcess(discord, { indexFolder });
    await after.logged('ready');
    const press = async (message: WireMessage, prefix: string) =>
      textOf(await discord.click(reader, message, buttonOf(message, prefix)).final());
    expect(await press(answer, 'context:')).toContain('paragraph');
    expect(await press(answer, 'why:')).toContain('Why these passages?');
    expect(await press(answer, 'more:')).toContain('Quotes 4 to 6');
    expect(await press(help, 'example:')).toContain('Answered');
    discord.click(reader, answer, buttonOf(answer, 'dismiss:'));
    await discord.until(() => !discord.world.messages.has(answer.id));
    expect(await after.stop()).toBe(0);
    expect(discord.violations).toEqual([]);
  });
});

describe('the end', () => {
  it('comes after what is in hand is answered', async () => {
    const bot = await startBotProcess(discord, { indexFolder });
    await bot.logged('ready');
    const readers = Array.from({ length: 20 }, () => discord.user());
    for (const reader of readers) discord.say(reader, discord.dm(reader), 'What will the roof cost?');
    // The first answer shows that the questions have arrived; all of them were sent in one go.
    await Promise.race(readers.map((reader) => discord.nextMessage(discord.dm(reader))));
    expect(await bot.stop()).toBe(0);
    for (const reader of readers) expect(discord.messagesIn(discord.dm(reader))).toHaveLength(2);
  });

  it('comes with a reason when Discord shuts the session for good', async () => {
    const bot = await startBotProcess(discord, { indexFolder });
    await bot.logged('ready');
    discord.faults.close(4004);
    const { status, stderr } = await bot.ended();
    expect(status).toBe(1);
    expect(stderr).toContain('4004');
  });
});
