import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBotProcess } from '../bot-process.ts';
import { componentsIn, quotesIn, textOf } from '../reading.ts';
import { type StandIn, startStandIn } from '../stand-in/stand-in.ts';
import type { Channel, Guild, User } from '../stand-in/world.ts';
import { type BotHere, type BotHereOptions, runBotHere } from './bot-here.ts';

const QUESTION = 'What will the roof cost?';

const folder = mkdtempSync(path.join(tmpdir(), 'liaison-own-index-'));
const seedsFolder = path.join(folder, 'seeds');
const indexFolder = path.join(folder, 'index');
mkdirSync(seedsFolder);
/** Short, so that it is embedded in no time. */
const ARTICLE = `A roof for the library

Tarnbeck council will mend the roof of its library. The roof will cost £86,000. Work begins in May.
`;
writeFileSync(path.join(seedsFolder, 'roof.txt'), ARTICLE);
afterAll(() => rmSync(folder, { recursive: true }));

let discord: StandIn;
let owner: User;
let guild: Guild;
let channel: Channel;
let bot: BotHere;
beforeEach(async () => {
  discord = await startStandIn();
  owner = discord.user({ name: 'owner' });
  guild = discord.guild({ owner });
  channel = discord.channel(guild);
});
afterEach(async () => {
  await bot.stop();
  await discord.close();
});

const logged = (msg: string) => discord.until(() => bot.log.find((line) => line.msg.includes(msg)), msg);
async function start(options: BotHereOptions = {}): Promise<void> {
  bot = runBotHere(discord, { seedsFolder, indexFolder, ...options });
  const ready = discord.until(() => bot.log.some(({ msg }) => msg === 'ready'), 'ready', 120_000);
  expect(await Promise.race([ready, bot.ended])).toBe(true);
}
const ask = async (question = QUESTION) => {
  const reader = discord.user();
  discord.say(reader, discord.dm(reader), question);
  return discord.nextMessage(discord.dm(reader));
};
const reembed = async () => {
  discord.command(owner, channel, 'reembed', { mode: 'all' });
  const progress = await discord.nextMessage(channel);
  const report = () => textOf(discord.now(progress)).includes('is rebuilt') && textOf(discord.now(progress));
  return discord.until(report, 'the report');
};

describe('row 25: an index that is not whole', () => {
  it('whose newest generation is damaged is passed over by name, and the one before answers', async () => {
    await start();
    await reembed();
    await bot.stop();
    const graphs = readdirSync(indexFolder, { recursive: true, encoding: 'utf8' });
    const newest =
      graphs
        .filter((file) => file.endsWith('passages.hnsw'))
        .sort()
        .at(-1) ?? '';
    const file = path.join(indexFolder, newest);
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0, Math.floor(bytes.length * 0.35), Math.floor(bytes.length * 0.65)));
    await start();
    expect((await logged(path.basename(path.dirname(newest)))).msg).toContain('is damaged');
    expect(quotesIn(await ask())[0]).toContain('£86,000');
  });

  it('after kill -9 in the middle of /reembed answers as before', async () => {
    const killed = await startBotProcess(discord, { seeds: seedsFolder, indexFolder });
    await killed.logged('ready');
    discord.command(owner, channel, 'reembed', { mode: 'all' });
    await discord.nextMessage(channel);
    killed.process.kill('SIGKILL');
    await killed.ended();
    await start();
    expect(quotesIn(await ask())[0]).toContain('£86,000');
  });
});

/** Sends a signal to each process of a model here: of this bot, and of the one that the others share. */
function signalModels(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
  const processes = execFileSync('ps', ['-A', '-o', 'ppid=,pid=,args='], { encoding: 'utf8' });
  for (const line of processes.split('\n')) {
    const [parent, pid, ...args] = line.trim().split(/\s+/);
    if (Number(parent) === process.pid && args.join(' ').includes('model-child')) {
      process.kill(Number(pid), signal);
    }
  }
}

describe('row 18: a model that is held up', () => {
  it('does not keep the promise of an answer waiting', async () => {
    await start();
    signalModels('SIGSTOP');
    const asked = discord.command(owner, channel, 'ask', { question: 'How much will a new roof cost them?' });
    expect((await asked.response()).type).toBe(5);
    signalModels('SIGCONT');
    expect(quotesIn(await asked.final())[0]).toContain('£86,000');
  });
});

describe('row 26: the process of the model', () => {
  it('killed under questions is replaced, and each question is answered', async () => {
    await start({ ownModel: true });
    // So that one is in its hands when it is killed.
    signalModels('SIGSTOP');
    const answers = Array.from({ length: 5 }, () => ask());
    const typing = () => discord.requests.filter(({ path: to }) => to.endsWith('/typing')).length;
    await discord.until(() => typing() === answers.length, 'five questions in hand');
    signalModels('SIGKILL');
    answers.push(ask());
    for (const answer of await Promise.all(answers)) expect(quotesIn(answer)[0]).toContain('£86,000');
  });

  it('two /reembed at once are one rebuild, and both are reported', async () => {
    await start();
    discord.command(owner, channel, 'reembed', { mode: 'all' });
    const second = discord.command(owner, channel, 'reembed');
    const joined = await second.final((message) => textOf(message).includes('is rebuilt'));
    const [progress] = discord.messagesIn(channel).filter(({ author }) => author.id === discord.bot.id);
    await discord.until(
      () => progress && textOf(discord.now(progress)) === textOf(joined),
      'the same report',
    );
  });
});

describe('row 21: quotes and titles longer than Discord takes', () => {
  /** Each one word piece, so that as many letters as can be stand in one quote. */
  const words = ['administration', 'representatives', 'international', 'organizations', 'communications'];
  const sentence = `Quillport ${Array.from({ length: 700 }, (_, i) => words[i % words.length]).join(' ')}.`;

  it('are clipped or come as a file, to the letter, and no limit is broken', async () => {
    writeFileSync(path.join(seedsFolder, 'quillport.txt'), `The offices of Quillport\n\n${sentence}\n`);
    const title = 'The lamp register '.repeat(16).trim();
    const examples = [`Who kept ${'the lamp register and '.repeat(7)}the rest?`];
    writeFileSync(path.join(seedsFolder, 'quillport.json'), JSON.stringify({ title, examples }));
    await start();
    const answer = await ask('Quillport administration representatives international organizations');
    const [file] = answer.attachments;
    const attached = file === undefined ? '' : String(discord.file(file));
    const inFile = attached.split('\n').filter((line) => line.includes('communications'));
    expect(inFile.length).toBeGreaterThan(0);
    for (const quote of [...quotesIn(answer), ...inFile]) expect(sentence).toContain(quote.trim());
    for (const options of [{ question: 'x', seed: 'lamp' }]) {
      const typed = discord.autocomplete(owner, channel, 'ask', 'seed', options);
      expect((await typed.response()).choices.map(({ value }) => value)).toContain('quillport');
    }
    for (const name of ['seeds list', 'help', 'about']) await discord.command(owner, channel, name).final();
    const { length } = componentsIn(answer)
      .flatMap(({ content }) => content ?? '')
      .join('');
    expect(length).toBeLessThanOrEqual(4000);
    expect(discord.violations).toEqual([]);
  });
});
