import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { aliasesOf } from '../../src/answering/aliases.ts';
import { ONE_WORD_TOKENS } from '../../src/answering/seed-library.ts';
import type { Embedder } from '../../src/embedding/embedder.ts';
import { buildGeneration } from '../../src/indexing/build.ts';
import { type Corpus, corpusOf } from '../../src/indexing/corpus.ts';
import { asRead, type Question, readQuestion } from '../../src/retrieval/question.ts';
import { type Search, search } from '../../src/retrieval/search.ts';
import { loadSeeds } from '../../src/seeds/load.ts';
import type { Seed } from '../../src/seeds/seed.ts';
import type { EvalQuestion, EvalSet } from './datasets.ts';
import { overlaps } from './metrics.ts';
import { isShort } from './short-articles.ts';

/** Every so many questions are put to all articles at once, too; every so many to an article of another subject. */
const EVERY_POOLED = 4;
const EVERY_FAR = 3;
/** Articles are dealt out to so many folds by their titles; what is learned from four is tried on the fifth. */
export const FOLDS = 5;

/** A question as the pipeline sees it before anything is learned. */
export interface Trial {
  readonly set: string;
  readonly scope: 'alone' | 'pooled';
  readonly expected: EvalQuestion['expected'];
  /** 0 … FOLDS − 1, the same for all questions to one article. */
  readonly fold: number;
  readonly question: Question;
  readonly corpus: Corpus;
  readonly search: Search;
  /** By place in `search.ranked`: whether the sentence holds what answers. */
  readonly right: readonly boolean[];
}

/** Puts a set's questions to their article alone, each an index of its own, and some of a long one's to all of them. */
export async function collectTrials(
  set: EvalSet,
  embedder: Embedder,
  report: (line: string) => void,
): Promise<Trial[]> {
  const seeds = await seedsOf(set);
  const pooled = isShort(set.name) ? undefined : await corpusOfSeeds(seeds, embedder);
  const alone = new Map<string, { corpus: Corpus; fold: number }>();
  for (const seed of seeds) {
    alone.set(seed.id, { corpus: await corpusOfSeeds([seed], embedder), fold: foldOf(seed.title) });
  }
  report(`${set.name}: ${seeds.length} articles, ${set.questions.length} questions`);
  const trials: Trial[] = [];
  for (const [number, asked] of set.questions.entries()) {
    if (number % 1000 === 999) report(`${set.name}: asked ${number + 1}`);
    const article = alone.get(asked.seed);
    if (article === undefined || (asked.expected === 'far' && number % EVERY_FAR !== 0)) continue;
    const { corpus, fold } = article;
    const of = { set: set.name, expected: asked.expected, fold };
    trials.push({ ...of, scope: 'alone', ...(await tryOn(corpus, asked, embedder)) });
    if (pooled === undefined || asked.expected === 'far' || number % EVERY_POOLED !== 0) continue;
    trials.push({ ...of, scope: 'pooled', ...(await tryOn(pooled, asked, embedder)) });
  }
  return trials;
}

async function tryOn(
  corpus: Corpus,
  asked: EvalQuestion,
  embedder: Embedder,
): Promise<Pick<Trial, 'question' | 'corpus' | 'search' | 'right'>> {
  const aliases = corpus.seeds.flatMap(({ seed }) => aliasesOf(seed));
  const isWord = (text: string) => embedder.countTokens(text) <= ONE_WORD_TOKENS;
  const question = readQuestion(asked.text, corpus.lexical, aliases, isWord);
  const [embedding] = await embedder.embed([asRead(question)]);
  if (embedding === undefined) throw new Error('the model returned nothing');
  const found = search(question, embedding, corpus);
  const right = found.ranked.map(({ sentence }) => holds(sentence, asked, corpus));
  return { question, corpus, search: found, right };
}

async function corpusOfSeeds(seeds: readonly Seed[], embedder: Embedder): Promise<Corpus> {
  const { generation } = await buildGeneration(seeds, embedder);
  return corpusOf(generation);
}

async function seedsOf(set: EvalSet): Promise<Seed[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'liaison-fit-'));
  for (const [name, text] of set.files) await writeFile(path.join(folder, name), text);
  const seeds = await loadSeeds(folder);
  await rm(folder, { recursive: true });
  return seeds;
}

/** All sets' articles of one title are in one fold. */
function foldOf(title: string): number {
  return (createHash('sha256').update(title).digest()[0] ?? 0) % FOLDS;
}

function holds(id: number, { seed, gold }: EvalQuestion, corpus: Corpus): boolean {
  const sentence = corpus.sentences.at(id);
  const of = corpus.seeds[sentence?.seed ?? -1]?.seed.id;
  return sentence !== undefined && of === seed && gold.some((span) => overlaps(span, sentence));
}

/** A trial ranked by other weights. */
export function rerank(trial: Trial, weights: readonly number[]): Trial {
  const ranked = trial.search.ranked.map((candidate, i) => ({
    right: trial.right[i] ?? false,
    candidate: {
      ...candidate,
      score: candidate.prior + candidate.features.reduce((sum, v, f) => sum + v * (weights[f] ?? 0), 0),
    },
  }));
  ranked.sort((a, b) => b.candidate.score - a.candidate.score);
  return {
    ...trial,
    search: { ...trial.search, ranked: ranked.map(({ candidate }) => candidate) },
    right: ranked.map(({ right }) => right),
  };
}

/**
 * A trial as if the passages that hold the answer were not in the article: what is left is about the subject and
 * does not answer, as most of a web page does.
 * @returns undefined when nothing is left
 */
export function withoutAnswer(trial: Trial): Trial | undefined {
  const passageOf = (sentence: number) => trial.corpus.sentences.at(sentence)?.passage;
  const { ranked } = trial.search;
  const answering = new Set(
    ranked.filter((_, i) => trial.right[i]).map(({ sentence }) => passageOf(sentence)),
  );
  const left = ranked.filter(({ sentence }) => !answering.has(passageOf(sentence)));
  if (left.length === 0) return undefined;
  return { ...trial, search: { ...trial.search, ranked: left }, right: left.map(() => false) };
}
