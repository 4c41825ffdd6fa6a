import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { libraryOf } from '../answering/fake-library.ts';
import { SEEDS as ARTICLES, startBotProcess } from '../discord/bot-process.ts';
import { startStandIn } from '../discord/stand-in/stand-in.ts';
import { fileTargets } from './files.ts';
import { frontDoor } from './front-door.ts';
import type { Target } from './target.ts';
import { goodQuestions, textTargets } from './texts.ts';

const SEEDS = [
  '../../seeds/inter-korean-liaison-office.txt',
  '../questions/seeds/tarnbeck-library-vote.txt',
  '../questions/seeds/vellmar-sound-ferry.md',
];

/**
 * Everything that takes what strangers send, in a folder of its own.
 * @param indexFolder of an index over the tests' articles; built anew when undefined
 */
export async function allTargets(indexFolder?: string) {
  const folder = await mkdtemp(path.join(tmpdir(), 'liaison-fuzz-'));
  const texts: Record<string, string> = {};
  for (const seed of SEEDS) {
    texts[path.basename(seed)] = await readFile(new URL(seed, import.meta.url), 'utf8');
  }
  const { library } = await libraryOf(texts, folder);
  const discord = await startStandIn();
  // Whoever changes the articles there leaves the tests' own alone.
  const copy = path.join(folder, 'articles');
  await cp(ARTICLES, copy, { recursive: true });
  const operator = discord.user();
  const env = { ADMIN_USER_IDS: operator.id };
  const bot = await startBotProcess(discord, {
    ...{ seeds: copy, env },
    ...(indexFolder !== undefined && { indexFolder }),
  });
  await bot.logged('ready');
  const targets: Target[] = [
    ...textTargets(library),
    ...(await fileTargets(folder)),
    frontDoor(discord, bot, operator, goodQuestions()),
  ];
  /** @returns the bot's exit status */
  const close = async () => {
    const status = await bot.stop();
    await rm(folder, { recursive: true });
    await discord.close();
    return status;
  };
  return { targets, close };
}
