import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Answer } from '../../src/answering/answer.ts';
import type { Library, LibraryOptions } from '../../src/answering/library.ts';
import { openLibrary } from '../../src/answering/open-library.ts';
import type { Embedder, Embedding } from '../../src/embedding/embedder.ts';
import { loadEmbedder } from '../../src/embedding/transformers-embedder.ts';
import { readNewest } from '../../src/indexing/store.ts';
import type { Seed, Span } from '../../src/seeds/seed.ts';
import { BASELINES, Baselines, type Place } from './baselines.ts';
import type { EvalQuestion, EvalSet } from './datasets.ts';
import { type Judged, overlaps, type Placed, RANKED_QUOTES } from './metrics.ts';

/**
 * `alone`: the question's article is an index of its own. `restricted`: it is one of all the set's articles, and the
 * only one to look into (`--seed`). `pooled`: all the set's articles.
 */
export const SCOPES = ['alone', 'restricted', 'pooled'] as const;
export type Scope = (typeof SCOPES)[number];

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

type Options = Pick<LibraryOptions, 'model' | 'modelsFolder' | 'report'>;

/** An index, and the baselines over the same sentences. */
interface Opened {
  readonly library: Library;
  readonly baselines: Baselines;
}

/**
 * Puts a set's questions to the real library and to the baselines.
 * @param folder holds the set's seeds and its indexes; an index that is there is used again
 */
export async function runSet(set: EvalSet, folder: string, options: Options): Promise<SetRun> {
  const embedder = remembering(await loadEmbedder(options));
  const whole = await open(set.files, path.join(folder, 'pooled'), options, embedder);
  const { seeds, index } = whole.library;
  const alone = new Map<string, Opened>();
  for (const { id } of seeds) {
    const files = [...set.files].filter(([name]) => path.parse(name).name === id);
    alone.set(id, await open(new Map(files), path.join(folder, 'alone', id), options, embedder));
  }
  const asked: Asked[] = [];
  const places = { alone: emptyRows(), restricted: emptyRows(), pooled: emptyRows() };
  for (const [done, question] of set.questions.entries()) {
    const article = alone.get(question.seed);
    if (article === undefined) throw new Error(`${set.name}: no article ${question.seed}`);
    const answer = await ask(article.library, question, undefined);
    asked.push(recordOf(question, answer, seeds));
    if (question.expected === 'answered') {
      const judge = (found: readonly Place[]) => placed(question, found, seeds);
      places.alone[OURS]?.push(judge(answer.quotes));
      for (const scope of ['restricted', 'pooled'] as const) {
        const seed = scope === 'pooled' ? undefined : question.seed;
        places[scope][OURS]?.push(judge((await ask(whole.library, question, seed)).quotes));
      }
      for (const scope of SCOPES) {
        const { baselines } = scope === 'alone' ? article : whole;
        const ranked = await baselines.rank(
          question.text,
          scope === 'restricted' ? question.seed : undefined,
        );
        for (const row of BASELINES) places[scope][row]?.push(judge(ranked[row]));
      }
    }
    const all = set.questions.length;
    options.report(`${set.name}: asked ${done + 1}/${all}`, (done + 1) / all);
  }
  return { name: set.name, articles: seeds.length, sentences: index.sentences, asked, places };
}

async function open(
  files: ReadonlyMap<string, string>,
  folder: string,
  options: Options,
  embedder: Embedder,
): Promise<Opened> {
  const [seedsFolder, indexFolder] = [path.join(folder, 'seeds'), path.join(folder, 'index')];
  await rm(seedsFolder, { recursive: true, force: true });
  await mkdir(seedsFolder, { recursive: true });
  for (const [name, text] of files) await writeFile(path.join(seedsFolder, name), text);
  const library = await openLibrary({ ...options, seedsFolder, indexFolder }, embedder);
  const stored = await readNewest(indexFolder, options.report);
  if (stored === undefined) throw new Error(`${indexFolder}: the index that was just opened is not there`);
  return { library, baselines: new Baselines(library.seeds, stored, embedder) };
}

/** Embeds each text once: an article alone has the same sentences as in the pool. */
function remembering(embedder: Embedder): Embedder {
  const known = new Map<string, Embedding>();
  return {
    fingerprint: embedder.fingerprint,
    dimensions: embedder.dimensions,
    maxTokens: embedder.maxTokens,
    countTokens: (text) => embedder.countTokens(text),
    async embed(texts) {
      const fresh = [...new Set(texts)].filter((text) => !known.has(text));
      const embeddings = fresh.length === 0 ? [] : await embedder.embed(fresh);
      embeddings.forEach((embedding, i) => {
        known.set(fresh[i] ?? '', embedding);
      });
      return texts.flatMap((text) => known.get(text) ?? []);
    },
  };
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
