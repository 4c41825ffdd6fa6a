import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type BotProcess, PROJECT, SEEDS, startBotProcess } from './bot-process.ts';
import { builtIndex } from './built-index.ts';
import { quotesIn, textOf } from './reading.ts';
import { type StandIn, startStandIn } from './stand-in/stand-in.ts';

const run = promisify(execFile);

let folder: string;
let seeds: string;
let discord: StandIn;
let bot: BotProcess;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'liaison-live-'));
  seeds = path.join(folder, 'seeds');
  await cp(SEEDS, seeds, { recursive: true });
  discord = await startStandIn();
  bot = await startBotProcess(discord, { seeds, indexFolder: await builtIndex() });
  await bot.logged('ready');
});
afterEach(() => expect(discord.violations).toEqual([]));
afterAll(async () => {
  expect(await bot.stop()).toBe(0);
  await discord.close();
  await rm(folder, { recursive: true });
});

const ask = async (question: string) => {
  const reader = discord.user();
  discord.say(reader, discord.dm(reader), question);
  return quotesIn(await discord.nextMessage(discord.dm(reader)))[0];
};
/** What a person at the terminal does while the bot runs. */
const embed = (...options: string[]) =>
  run(
    process.execPath,
    ['--import', 'tsx', 'src/terminal/embed.ts', '--seeds', seeds, '--index', bot.indexFolder, ...options],
    { cwd: PROJECT },
  );

/** The process that holds the bot's model; where one has just been killed, its successor. */
async function modelProcess(killed?: number): Promise<number> {
  for (;;) {
    const { stdout } = await run('ps', ['-A', '-o', 'ppid=,pid=,args=']);
    const rows = stdout.split('\n').map((row) => row.trim().split(/\s+/));
    const own = rows.find(
      ([parent, pid, ...args]) =>
        Number(parent) === bot.process.pid &&
        Number(pid) !== killed &&
        args.join(' ').includes('model-child'),
    );
    if (own !== undefined) return Number(own[1]);
  }
}

it('answers every question although the process of its model is killed among them', async () => {
  const answers = Array.from({ length: 20 }, () => ask('What will the roof cost?'));
  await Promise.race(answers);
  const killed = await modelProcess();
  process.kill(killed, 'SIGKILL');
  // In other words: the vectors of a question that was asked before are remembered.
  answers.push(ask('How much will the roof cost?'));
  for (const quote of await Promise.all(answers)) expect(quote).toContain('£86,000');
  expect(await modelProcess(killed)).toBeGreaterThan(0);
});

it.skipIf(process.platform !== 'linux')('does not give its token to the process of its model', async () => {
  expect(await readFile(`/proc/${bot.process.pid}/environ`, 'latin1')).toContain(discord.token);
  expect(await readFile(`/proc/${await modelProcess()}/environ`, 'latin1')).not.toContain(discord.token);
});

it('takes up what the command line published, and its roll-back', async () => {
  await writeFile(path.join(seeds, 'lighthouse.txt'), 'Lighthouse\nThe lighthouse at Orrin was lit in 1911.');
  await embed();
  await bot.logged('index: generation 000002 answers now; another process has changed the index');
  expect(await ask('When was the lighthouse at Orrin lit?')).toContain('1911');
  const { stdout } = await embed('--rollback');
  expect(stdout).toMatch(
    /^generation 000001 of .* answers now; npm run embed brings the index up to date again\n$/,
  );
  await bot.logged('index: generation 000001 answers now; another process has changed the index');
  expect(await ask('When was the lighthouse at Orrin lit?')).not.toContain('1911');
});

it('answers fifty questions while everything is embedded anew', async () => {
  const owner = discord.user();
  const guild = discord.guild({ owner });
  const channel = discord.channel(guild);
  const rebuild = discord.command(owner, channel, 'reembed', { mode: 'all' });
  const answers = await Promise.all(Array.from({ length: 50 }, () => ask('What will the roof cost?')));
  for (const quote of answers) expect(quote).toContain('£86,000');
  expect(rebuild.ephemeral).toBe(true);
  await discord.until(() => discord.messagesIn(channel).some((one) => textOf(one).includes('is rebuilt')));
});
