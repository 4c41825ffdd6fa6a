import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Answer } from '../../src/answering/answer.ts';
import type { Library, LibraryOptions } from '../../src/answering/library.ts';
import { openLibrary } from '../../src/answering/open-library.ts';
import { loadEmbedder } from '../../src/embedding/transformers-embedder.ts';
import { readNewest } from '../../src/indexing/store.ts';
import type { Seed, Span } from '../../src/seeds/seed.ts';
import { BASELINES, Baselines, type Place } from './baselines.ts';
import type { EvalQuestion, EvalSet } from './datasets.ts';
import { type Judged, overlaps, type Placed, RANKED_QUOTES } from './metrics.ts';

/** `alone`: only the question's article is searched. `pooled`: all the set's articles. */
export type Scope = 'alone' | 'pooled';

/** What the pipeline said to a question put to its article alone. */
export interface Asked extends Judged {
  readonly question: EvalQuestion;
  /** Whether every quote is the file between its offsets. */
  readonly verbatim: boolean;
  readonly firstQuote: string | null;
  /** The words that answer, one a span of `question.gold`. */
  readonly goldTexts: readonly string[];
  readonly totalMs: number;
}

/** A set's raw results, for the metrics. */
export interface SetRun {
  readonly name: string;
  readonly articles: number;
  readonly sentences: number;
  readonly asked: readonly Asked[];
  /** By scope, then by row of the table; one an answerable question, in the set's order. */
  readonly places: Readonly<Record<Scope, Readonly<Record<string, readonly Placed[]>>>>;
}

/** Name of the pipeline's own row. */
export const OURS = 'liaison';

/**
 * Puts a set's questions to the real library and to the baselines.
 * @param folder holds the set's seeds and its index; an index that is there is used again
 */
export async function runSet(
  set: EvalSet,
  folder: string,
  options: Pick<LibraryOptions, 'model' | 'modelsFolder' | 'report'>,
): Promise<SetRun> {
  const seedsFolder = path.join(folder, 'seeds');
  const indexFolder = path.join(folder, 'index');
  await rm(seedsFolder, { recursive: true, force: true });
  await mkdir(seedsFolder, { recursive: true });
  for (const [name, text] of set.files) await writeFile(path.join(seedsFolder, name), text);
  const library = await openLibrary({ ...options, seedsFolder, indexFolder });
  const stored = await readNewest(indexFolder, options.report);
  if (stored === undefined) throw new Error(`${set.name}: the index that was just opened is not there`);
  const baselines = new Baselines(library.seeds, stored, await loadEmbedder(options));
  const asked: Asked[] = [];
  const places = { alone: emptyRows(), pooled: emptyRows() };
  for (const [done, question] of set.questions.entries()) {
    const answer = await ask(library, question, question.seed);
    asked.push(recordOf(question, answer, library.seeds));
    if (question.expected === 'answered') {
      const judge = (found: readonly Place[]) => placed(question, found, library.seeds);
      places.alone[OURS]?.push(judge(answer.quotes));
      places.pooled[OURS]?.push(judge((await ask(library, question, undefined)).quotes));
      for (const scope of ['alone', 'pooled'] as const) {
        const ranked = await baselines.rank(question.text, scope === 'alone' ? question.seed : undefined);
        for (const row of BASELINES) places[scope][row]?.push(judge(ranked[row]));
      }
    }
    const all = set.questions.length;
    options.report(`${set.name}: asked ${done + 1}/${all}`, (done + 1) / all);
  }
  const { seeds, index } = library;
  return { name: set.name, articles: seeds.length, sentences: index.sentences, asked, places };
}

function emptyRows(): Record<string, Placed[]> {
  return Object.fromEntries([OURS, ...BASELINES].map((row) => [row, []]));
}

async function ask(library: Library, question: EvalQuestion, seed: string | undefined): Promise<Answer> {
  const only = seed === undefined ? {} : { seed };
  if (question.after === undefined) {
    return await library.ask(question.text, { ...only, limit: RANKED_QUOTES });
  }
  const before = await library.ask(question.after, { ...only, limit: 1 });
  const previous = { question: question.after, quote: before.quotes[0]?.text ?? null };
  return await library.ask(question.text, { ...only, limit: RANKED_QUOTES, previous });
}

function recordOf(question: EvalQuestion, answer: Answer, seeds: readonly Seed[]): Asked {
  const { outcome, confidence, quotes, timings } = answer;
  return {
    question,
    expected: question.expected,
    outcome,
    confidence,
    hit: placed(question, quotes, seeds).rank === 1,
    verbatim: quotes.every(({ seed, start, end, text }) => text === textOf(seeds, seed).slice(start, end)),
    firstQuote: quotes[0]?.text ?? null,
    goldTexts: question.gold.map(({ start, end }) => textOf(seeds, question.seed).slice(start, end)),
    totalMs: timings.totalMs,
  };
}

function placed({ seed, gold }: EvalQuestion, found: readonly Place[], seeds: readonly Seed[]): Placed {
  const right = (place: Place, spans: readonly Span[]) =>
    place.seed === seed && spans.some((span) => overlaps(place, span));
  const rank = found.findIndex((place) => right(place, gold)) + 1;
  const text = textOf(seeds, seed);
  const [first] = found;
  const paragraphHit =
    first !== undefined &&
    right(
      first,
      gold.map((span) => lineAround(text, span)),
    );
  return { rank: rank === 0 ? null : rank, paragraphHit };
}

function textOf(seeds: readonly Seed[], id: string): string {
  return seeds.find((seed) => seed.id === id)?.text ?? '';
}

/** The line, which in these sets is the paragraph, that a span lies in. */
function lineAround(text: string, { start, end }: Span): Span {
  const lineEnd = text.indexOf('\n', end);
  return { start: text.lastIndexOf('\n', start - 1) + 1, end: lineEnd < 0 ? text.length : lineEnd };
}
