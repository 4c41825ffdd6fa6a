import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startBotProcess } from './bot-process.ts';
import { quotesIn } from './reading.ts';
import { type StandIn, startStandIn } from './stand-in/stand-in.ts';

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

  it('tells in one line that nobody answers', async () => {
    const env = { DISCORD_API_URL: 'http://127.0.0.1:9/api' };
    const bot = await startBotProcess(discord, { indexFolder, env });
    const { status, stderr } = await bot.ended();
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Discord: http:\/\/127\.0\.0\.1:9\/api does not answer \(ECONNREFUSED\).*\n$/);
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
