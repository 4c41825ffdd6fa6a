import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Rebuilt } from '../../src/answering/last-run.ts';
import { SeedWatch, type Watched } from '../../src/discord/watch-seeds.ts';
import { OperatorError } from '../../src/operator-error.ts';
import { loadSeeds } from '../../src/seeds/load.ts';
import type { Seed } from '../../src/seeds/seed.ts';
import { LIGHTHOUSE } from './offered.ts';
import { buttonOf, quotesIn, textOf } from './reading.ts';
import { runBot } from './running.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'liaison-watch-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the bot that watches its articles', () => {
  let seeds: string;
  beforeAll(async () => {
    seeds = path.join(await mkdtemp(path.join(tmpdir(), 'liaison-watched-')), 'seeds');
    await mkdir(seeds);
    writeFileSync(path.join(seeds, 'ferry.txt'), 'Ferry sails\n\nThe ferry to Vell sails at nine.\n');
  });
  afterAll(() => rm(path.dirname(seeds), { recursive: true }));
  const at = runBot(({ owner }) => ({
    seeds,
    indexFolder: path.join(path.dirname(seeds), 'index'),
    env: { WATCH_SEEDS: '1', ADMIN_USER_IDS: owner.id },
  }));
  const TAKEN_UP = 'the articles changed on disk';
  const takenUp = () => at.bot.log.filter(({ msg }) => msg === TAKEN_UP);
  const ask = async (question: string) => {
    at.discord.say(at.alice, at.channel, `${at.discord.mention} ${question}`);
    return quotesIn(await at.discord.nextMessage(at.channel))[0];
  };

  it('answers from a file that was put there, and leaves what /seeds does to /seeds', async () => {
    const { discord, owner, channel, bot } = at;
    const file = { name: 'lighthouse.txt', data: Buffer.from(LIGHTHOUSE) };
    const preview = await discord.command(owner, channel, 'seeds add', { file }).final();
    const saved = discord.click(owner, preview, buttonOf(preview, 'change:save:'));
    await saved.final((message) => textOf(message).includes('- 1 added'));
    writeFileSync(
      path.join(seeds, '.new.txt'),
      'Bridge opens\n\nThe bridge over the Arne was opened in 1931.\n',
    );
    renameSync(path.join(seeds, '.new.txt'), path.join(seeds, 'bridge.txt'));
    await bot.logged(TAKEN_UP);
    expect(takenUp()).toMatchObject([
      { outcome: 'published', added: 1, updated: 0, removed: 0, unchanged: 2 },
    ]);
    expect(await ask('When was the bridge over the Arne opened?')).toContain('1931');
  });
});

describe('a change on disk', () => {
  let answering: readonly Seed[];
  let builds: number;
  let build: () => Promise<void>;
  let told: { level: string; msg: string; about: object }[];
  let heard: () => void;
  let looks: () => void;
  let watch: SeedWatch;
  const seedsFolder = () => path.join(folder, 'seeds');
  const put = (name: string, words: string | Buffer) => writeFileSync(path.join(seedsFolder(), name), words);

  beforeEach(async () => {
    await mkdir(seedsFolder());
    put('ferry.txt', 'Ferry sails\n\nThe ferry sails at nine.\n');
    answering = await loadSeeds(seedsFolder());
    builds = 0;
    build = async () => {
      answering = await loadSeeds(seedsFolder());
    };
    told = [];
    heard = () => undefined;
    looks = () => undefined;
    const log = (level: string) => (about: object, msg: string) => {
      told.push({ level, msg, about });
      heard();
    };
    const bot: Watched = {
      library: {
        get seeds() {
          looks();
          return answering;
        },
      },
      rebuild: {
        settled: async () => undefined,
        async run() {
          builds += 1;
          await build();
          return { outcome: 'published', added: 1, updated: 0, removed: 0, unchanged: 1 } as Rebuilt;
        },
      },
      log: { info: log('info'), error: log('error') } as unknown as Watched['log'],
    };
    watch = new SeedWatch(bot, seedsFolder(), { quietMs: 50, retriesMs: [0, 0, 0] });
  });
  afterEach(() => watch.close());
  /** Resolves with the next line of the log that has these words. */
  const logged = (words: string) =>
    new Promise<object>((resolve) => {
      heard = () => {
        const line = told.at(-1);
        if (line?.msg.includes(words)) resolve(line.about);
      };
    });

  it('is taken up: a new article, another text, another sidecar, one that went', async () => {
    for (const change of [
      () => put('bridge.txt', 'Bridge\n\nIt cost forty million.\n'),
      () => put('bridge.txt', 'Bridge\n\nIt cost fifty million.\n'),
      () => put('bridge.json', '{"publisher": "Courier"}'),
      () => {
        for (const name of ['bridge.txt', 'bridge.json']) rmSync(path.join(seedsFolder(), name));
      },
    ]) {
      const done = logged('the articles changed on disk');
      change();
      await done;
    }
    expect(builds).toBe(4);
    expect(answering.map(({ id }) => id)).toEqual(['ferry']);
  });

  it('is none where everything reads as before', async () => {
    put('ferry.txt', 'Ferry sails\n\nThe ferry sails at nine.\n');
    put('notes.pdf', 'no seed');
    put('README.md', 'no seed');
    const looked = new Promise<void>((resolve) => {
      looks = resolve;
    });
    await looked;
    const done = logged('the articles changed on disk');
    put('bridge.txt', 'Bridge\n\nIt cost forty million.\n');
    await done;
    expect(builds).toBe(1);
  });

  it('is tried again while it cannot be built', async () => {
    let tries = 0;
    build = async () => {
      tries += 1;
      if (tries < 3) throw new OperatorError('index: another build holds the lock');
      answering = await loadSeeds(seedsFolder());
    };
    const done = logged('the articles changed on disk');
    put('bridge.txt', 'Bridge\n\nIt cost forty million.\n');
    await done;
    expect(tries).toBe(3);
  });

  it('that cannot be read is told after a few tries, and the next one begins anew', async () => {
    const given = logged('not taken up');
    put('bad.txt', Buffer.from([0xff, 0xfe, 0]));
    expect(await given).toMatchObject({ reason: expect.stringContaining('bad.txt: UTF-16') });
    expect(told).toHaveLength(1);
    const done = logged('the articles changed on disk');
    put('bad.txt', 'Good\n\nIt is text now.\n');
    await done;
    expect([builds, answering.length]).toEqual([1, 2]);
  });

  it('is seen in a folder that took the place of the old one', async () => {
    const beside = path.join(folder, 'beside');
    mkdirSync(beside);
    writeFileSync(path.join(beside, 'bridge.txt'), 'Bridge\n\nIt cost forty million.\n');
    let done = logged('the articles changed on disk');
    renameSync(seedsFolder(), path.join(folder, 'old'));
    renameSync(beside, seedsFolder());
    await done;
    expect(answering.map(({ id }) => id)).toEqual(['bridge']);
    done = logged('the articles changed on disk');
    put('ferry.txt', 'Ferry sails\n\nThe ferry sails at ten.\n');
    await done;
    expect(answering).toHaveLength(2);
  });
});
