import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { measureBot } from '../discord/load/measure.ts';
import { Articles } from './articles.ts';
import { bytesOf, runScript, type Spread, spreadOf } from './processes.ts';

/** What is known of liaison at one size; milliseconds, seconds, MiB. */
export interface OursAt {
  readonly size: number;
  readonly sentences: number;
  readonly passages: number;
  /** To bring the index up from the size before, the model's time included. */
  readonly buildSeconds: number;
  readonly buildPeakMb: number;
  /** Texts that went through the model for it, and the rest, which got noisy copies. */
  readonly embeddedTexts: number;
  readonly copiedTexts: number;
  readonly tokensPerSecond: number;
  /** 1 % of the paragraphs changed, from reading the articles to the checked index. */
  readonly changedSeconds: number;
  readonly answer: Spread;
  readonly embed: Spread;
  readonly search: Spread;
  /** Processor time of a question, both processes', all threads': what other work on the machine does not change. */
  readonly processorMs: number;
  /** From Discord's event to the reply, one question at a time. */
  readonly bot: { readonly p50: number; readonly p95: number };
  /** From the start of `ask` to the first character of its answer. */
  readonly firstAnswer: Spread;
  /** The bot's two processes, less what discord.js takes; see `memoryOf`. */
  readonly memoryMb: number;
  readonly rssMb: number;
  readonly modelMb: number;
  readonly diskMb: number;
}

interface Built {
  readonly seconds: number;
  readonly sentences: number;
  readonly passages: number;
  readonly peakMb: number;
  readonly model: {
    readonly texts: number;
    readonly tokens: number;
    readonly seconds: number;
    readonly copied: number;
  };
}

type AskedResult = Pick<
  OursAt,
  'answer' | 'embed' | 'search' | 'processorMs' | 'memoryMb' | 'rssMb' | 'modelMb'
>;

const CHANGED_SHARE = 0.01;
const STARTS = 3;
const BOT_QUESTIONS = 50;

export interface OursOptions {
  /** Grows from size to size. */
  readonly folder: string;
  readonly questionsFile: string;
  /** Texts that go through the model at each size. */
  readonly realTexts: number;
  /** SQuAD's articles. */
  readonly data: string;
  readonly report: (line: string) => void;
}

/** Brings the index in the folder to a size, and measures everything there. */
export async function measureOurs(size: number, options: OursOptions): Promise<OursAt> {
  const { folder, questionsFile, realTexts, report } = options;
  const seeds = path.join(folder, 'seeds');
  const say = (what: string) => report(`liaison, ${size} passages: ${what}`);
  say('writing articles and building the index');
  // What an earlier run has left may be more than this size.
  await rm(seeds, { recursive: true, force: true });
  const articles = await Articles.write(seeds, size, options.data);
  const build = async () =>
    (await runScript('tests/bench/build.ts', [folder, String(realTexts)])).result as Built;
  const built = await build();
  say('asking');
  const asked = (await runScript('tests/bench/ask.ts', [folder, questionsFile])).result as AskedResult;
  say('starting');
  const questions = JSON.parse(await readFile(questionsFile, 'utf8')) as string[];
  const starts = [];
  for (let i = 0; i < STARTS; i++) starts.push(await firstAnswerMs(folder, questions[i] ?? ''));
  const diskMb = (await bytesOf(await newestGeneration(folder))) / 2 ** 20;
  say('asking through the bot');
  const bot = await measureBot({
    questions: BOT_QUESTIONS,
    inFlight: 1,
    kinds: ['mention'],
    texts: questions,
    warmUp: 10,
    seeds,
    indexFolder: path.join(folder, 'index'),
  });
  say('changing 1 % of the paragraphs');
  await articles.change(CHANGED_SHARE);
  const changed = await build();
  const { texts, copied, tokens, seconds } = built.model;
  return {
    size,
    sentences: built.sentences,
    passages: built.passages,
    buildSeconds: built.seconds,
    buildPeakMb: built.peakMb,
    embeddedTexts: texts,
    copiedTexts: copied,
    tokensPerSecond: seconds === 0 ? Number.NaN : tokens / seconds,
    changedSeconds: changed.seconds,
    ...asked,
    bot: bot.kinds.all?.reply ?? { p50: Number.NaN, p95: Number.NaN },
    firstAnswer: spreadOf(starts),
    diskMb,
  };
}

async function firstAnswerMs(folder: string, question: string): Promise<number> {
  const places = ['--seeds', path.join(folder, 'seeds'), '--index', path.join(folder, 'index')];
  return (await runScript('src/terminal/ask.ts', ['--json', ...places, question])).firstOutputMs;
}

async function newestGeneration(folder: string): Promise<string> {
  const generations = path.join(folder, 'index', 'generations');
  const names = (await readdir(generations)).filter((name) => /^\d{6}$/.test(name)).sort();
  return path.join(generations, names.at(-1) ?? '');
}
