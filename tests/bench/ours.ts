import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { OperatorError } from '../../src/operator-error.ts';
import { measureBot } from '../discord/load/measure.ts';
import { Articles } from './articles.ts';
import type { Counts } from './copies.ts';
import { bytesOf, type Memory, memoryOf, outputMs, runScript, type Spread, spreadOf } from './processes.ts';
import type { Questions } from './results.ts';

/** An index was built from nothing. */
export interface Built {
  readonly sentences: number;
  readonly passages: number;
  readonly seconds: number;
  /** Without the model's time. */
  readonly indexSeconds: number;
  readonly peakMb: number;
  readonly model: Counts;
  readonly diskMb: number;
}

/** Milliseconds from a question to its answer, the model in its own process as in the bot. */
export interface AskedInProcess {
  readonly answer: Spread;
  /** The same for the first questions after the start, while Node.js compiles what they run. */
  readonly early: Spread;
  readonly embed: Spread;
  readonly search: Spread;
  /** Processor time of a question, both processes', all threads': what other work on the machine hardly changes. */
  readonly processorMs: number;
  /** Share of the 10 passages nearest to a question that the vector search finds. */
  readonly recall: number;
  /** The same of the graph, whether or not it is searched at this size. */
  readonly graphRecall: number;
  /** The 10 nearest: as a question looks for them, by the graph alone, and by a look at every passage unrounded. */
  readonly nearest: Spread;
  readonly graph: Spread;
  readonly scan: Spread;
}

/** Milliseconds from the start of a command to its answer. */
export interface Started {
  readonly ask: Spread;
  readonly chat: Spread;
  /** `ask` without npm. */
  readonly askAlone: Spread;
}

/** Milliseconds from Discord's event to the reply, one question at a time; and the processes' memory after them. */
export interface AskedInDiscord extends Memory {
  readonly p50: number;
  readonly p95: number;
}

/** 1 % of the paragraphs changed, from reading the articles to the checked index. */
export interface Changed {
  readonly seconds: number;
  readonly texts: number;
}

export interface OursAt {
  readonly build?: Built;
  readonly ask?: AskedInProcess;
  readonly start?: Started;
  readonly bot?: AskedInDiscord;
  readonly change?: Changed;
}

export const OUR_PARTS = ['build', 'ask', 'start', 'bot', 'change'] as const;
export type OurPart = (typeof OUR_PARTS)[number];

const CHANGED_SHARE = 0.01;
const MOST_STARTS = 5;
const BOT_QUESTIONS = 100;
const SAID_IN_EVERY_ANSWER = /\(confidence /;

export interface Place {
  readonly paragraphs: number;
  /** Of this size alone; holds articles and index. */
  readonly folder: string;
  readonly questionsFile: string;
  /** Articles that go through the model. */
  readonly realArticles: number;
  /** SQuAD's articles. */
  readonly data: string;
  readonly report: (line: string) => void;
}

/** Measures one part; all but the first need the index that it builds. */
export async function measureOurs(part: OurPart, place: Place): Promise<{ result: OursAt; times: number[] }> {
  if (part !== 'build' && !existsSync(path.join(place.folder, 'index'))) {
    throw new OperatorError(
      `${place.folder}: no index of ${place.paragraphs} paragraphs; run --parts build first`,
    );
  }
  if (part === 'ask') {
    const args = [place.folder, place.questionsFile];
    const asked = (await runScript('tests/bench/ask.ts', args)) as AskedInProcess & { times: number[] };
    const { times, ...ask } = asked;
    return { result: { ask }, times };
  }
  const measure = { build, start, bot, change }[part];
  return { result: { [part]: await measure(place) }, times: [] };
}

async function build(place: Place): Promise<Built> {
  const { folder, paragraphs, data, realArticles, report } = place;
  await rm(folder, { recursive: true, force: true });
  await Articles.write(path.join(folder, 'seeds'), paragraphs, data);
  const args = [folder, String(realArticles)];
  const built = (await runScript('tests/bench/build.ts', args, { report })) as Omit<Built, 'diskMb'>;
  return { ...built, diskMb: (await bytesOf(await newestGeneration(folder))) / 1e6 };
}

async function change({ folder, paragraphs, data, report }: Place): Promise<Changed> {
  const articles = await Articles.write(path.join(folder, 'seeds'), paragraphs, data);
  await articles.change(CHANGED_SHARE);
  const all = String(Number.POSITIVE_INFINITY);
  const changed = (await runScript('tests/bench/build.ts', [folder, all], { report })) as Built;
  return { seconds: changed.seconds, texts: changed.model.texts };
}

async function start({ folder, questionsFile }: Place): Promise<Started> {
  const { measured } = JSON.parse(await readFile(questionsFile, 'utf8')) as Questions;
  const places = ['--seeds', path.join(folder, 'seeds'), '--index', path.join(folder, 'index')];
  const times = async (command: (question: string) => string[], isOnStdin: boolean) => {
    const all: number[] = [];
    for (const question of measured.slice(0, MOST_STARTS)) {
      all.push(await outputMs(command(question), isOnStdin ? `${question}\n` : '', SAID_IN_EVERY_ANSWER));
    }
    return spreadOf(all);
  };
  const ask = (question: string) => ['--', ...places, question];
  return {
    ask: await times((question) => ['npm', 'run', '--silent', 'ask', ...ask(question)], false),
    chat: await times(() => ['npm', 'start', '--silent', '--', ...places], true),
    askAlone: await times(
      (question) => [process.execPath, 'src/launch.js', 'src/terminal/ask.ts', ...places, question],
      false,
    ),
  };
}

async function bot({ folder, questionsFile }: Place): Promise<AskedInDiscord> {
  const { warmUp, measured } = JSON.parse(await readFile(questionsFile, 'utf8')) as Questions;
  let memory: Memory = { rssMb: Number.NaN, pssMb: Number.NaN };
  const figures = await measureBot({
    questions: Math.min(BOT_QUESTIONS, measured.length),
    inFlight: 1,
    kinds: ['mention'],
    texts: [...warmUp, ...measured],
    warmUp: warmUp.length,
    seeds: path.join(folder, 'seeds'),
    indexFolder: path.join(folder, 'index'),
    atTheEnd: (process) => {
      memory = memoryOf(process);
    },
  });
  const { p50 = Number.NaN, p95 = Number.NaN } = figures.kinds.all?.reply ?? {};
  return { p50, p95, ...memory };
}

async function newestGeneration(folder: string): Promise<string> {
  const generations = path.join(folder, 'index', 'generations');
  const names = (await readdir(generations)).filter((name) => /^\d{6}$/.test(name)).sort();
  return path.join(generations, names.at(-1) ?? '');
}
