import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Embedder, Embedding } from '../embedding/embedder.ts';
import { OperatorError } from '../operator-error.ts';
import type { Seed } from '../seeds/seed.ts';
import { asksAboutArticle } from './about-article.ts';
import type { Answer, Outcome } from './answer.ts';
import type { Library } from './library.ts';

const FILE = 'golden.json';
const OUTCOMES = ['answered', 'related', 'not-in-sources'] as const satisfies readonly Outcome[];

/** What an article's questions file says of one question. */
const caseShape = z.object({
  question: z.string(),
  outcome: z.enum([...OUTCOMES, 'refused']),
  quote: z.string().optional(),
  quotes: z.array(z.string()).optional(),
  /** It follows up on another question, and cannot be asked alone. */
  after: z.string().optional(),
});
const questionsShape = z.object({ seed: z.string(), cases: z.array(caseShape) });

/** A question that an index is held to before it is swapped in. */
export interface GoldenQuestion {
  readonly question: string;
  /** Id of the article that it is about. */
  readonly seed: string;
  /** Words of which one stands in the right first quote; none where it must not be answered; null for unknown. */
  readonly expected: readonly string[] | null;
}

const answerShape = z.object({
  question: z.string(),
  seed: z.string(),
  outcome: z.enum(OUTCOMES),
  /** Of 0 to 1, on the scale of the answer's own confidence. */
  confidence: z.number(),
  quotes: z.array(z.object({ seed: z.string(), text: z.string() })),
  /** 2 as wanted, 1 with the right quote but unsure of it, 0 wrong; null where it is not known what is right. */
  grade: z.number().int().nullable(),
});
/** What an index answered; the next one is compared with it. */
export type GoldenAnswer = z.infer<typeof answerShape>;

/** A golden question that is answered worse than before. */
export interface Regression {
  readonly question: string;
  readonly before: GoldenAnswer;
  readonly after: GoldenAnswer;
}

/**
 * The questions that articles are held to: the examples of their sidecars, and for an article that has them those of
 * `ID.json` in a folder of questions, as far as the article still says what they expect.
 * @throws {OperatorError} when such a file is not what it should be
 */
export async function goldenQuestions(
  seeds: readonly Seed[],
  questionsFolder: string | undefined,
): Promise<GoldenQuestion[]> {
  const all = new Map<string, GoldenQuestion>();
  for (const seed of seeds) {
    for (const question of seed.examples) all.set(question, { question, seed: seed.id, expected: null });
    const cases = questionsFolder === undefined ? [] : await casesOf(seed, questionsFolder);
    for (const one of cases) all.set(one.question, one);
  }
  return [...all.values()];
}

async function casesOf({ id, text }: Seed, folder: string): Promise<GoldenQuestion[]> {
  const file = path.join(folder, `${path.basename(id)}.json`);
  const json = await readFile(file, 'utf8').catch(() => undefined);
  if (json === undefined) return [];
  const cases = parseCases(json, file).filter(({ after }) => after === undefined);
  const golden = cases.flatMap(({ question, outcome, quote, quotes }): GoldenQuestion[] => {
    const expected = outcome === 'answered' ? (quotes ?? [quote ?? '']).filter((words) => words !== '') : [];
    const said = expected.filter((words) => text.includes(words));
    return outcome === 'answered' && said.length === 0 ? [] : [{ question, seed: id, expected: said }];
  });
  // Another article of the same name has nothing to do with these questions.
  return golden.some(({ expected }) => expected !== null && expected.length > 0) ? golden : [];
}

function parseCases(json: string, file: string): z.infer<typeof questionsShape>['cases'] {
  try {
    return questionsShape.parse(JSON.parse(json)).cases;
  } catch (cause) {
    throw new OperatorError(`${file} is not a file of questions; mend or remove it`, { cause });
  }
}

/** Asks each question; `turn` is called between them. */
export async function askGolden(
  questions: readonly GoldenQuestion[],
  library: Pick<Library, 'ask'>,
  turn: () => Promise<void>,
): Promise<GoldenAnswer[]> {
  const answers: GoldenAnswer[] = [];
  for (const { question, seed, expected } of questions) {
    // Which of many articles "this article" is, the question does not say.
    const answer = await library.ask(question, asksAboutArticle(question) === null ? {} : { seed });
    answers.push({
      question,
      seed,
      outcome: answer.outcome,
      confidence: answer.confidence,
      quotes: answer.quotes.map(({ seed, text }) => ({ seed, text })),
      grade: expected === null ? null : gradeOf(answer, expected),
    });
    await turn();
  }
  return answers;
}

function gradeOf({ outcome, quotes: [first] }: Answer, expected: readonly string[]): number {
  if (expected.length === 0) return outcome === 'answered' ? 0 : 2;
  if (!expected.some((words) => first?.text.includes(words))) return 0;
  return outcome === 'answered' ? 2 : 1;
}

/**
 * The questions that were answered better before. One that was not asked before, or whose article is gone, is none.
 * @param seeds the articles as they are now
 */
export function regressions(
  before: readonly GoldenAnswer[],
  after: readonly GoldenAnswer[],
  seeds: readonly Seed[],
): Regression[] {
  const known = new Map(before.map((answer) => [answer.question, answer]));
  const articles = new Map(seeds.map((seed) => [seed.id, seed]));
  return after.flatMap((answer) => {
    const earlier = known.get(answer.question);
    const isWorse = earlier !== undefined && earlier.seed === answer.seed && worse(earlier, answer, articles);
    return isWorse ? [{ question: answer.question, before: earlier, after: answer }] : [];
  });
}

/** A word changed elsewhere in a passage moves the confidence of what stands beside it by about this much. */
const SAME_CONFIDENCE = 0.05;

/** Whether the same passage is quoted first, and as surely: across a threshold by a hair is no other answer. */
function isSame(before: GoldenAnswer, after: GoldenAnswer): boolean {
  const [first, now] = [before.quotes[0], after.quotes[0]];
  const lost = before.confidence - after.confidence;
  return first !== undefined && first.seed === now?.seed && first.text === now.text && lost < SAME_CONFIDENCE;
}

function worse(before: GoldenAnswer, after: GoldenAnswer, seeds: ReadonlyMap<string, Seed>): boolean {
  if (isSame(before, after)) return false;
  if (before.grade !== null && after.grade !== null) return after.grade < before.grade;
  if (before.outcome === 'not-in-sources') return false;
  const [first] = before.quotes;
  const article = first && seeds.get(first.seed);
  // What was quoted came from an article that is gone.
  if (first === undefined || article === undefined) return false;
  if (OUTCOMES.indexOf(after.outcome) > OUTCOMES.indexOf(before.outcome)) return true;
  const stillSaid = article.text.includes(first.text);
  return (
    stillSaid && !after.quotes.some(({ text }) => text.includes(first.text) || first.text.includes(text))
  );
}

/** An embedder that has embedded the questions already, all at once, and asks the model for anything else. */
export async function embeddedAhead(
  questions: readonly GoldenQuestion[],
  embedder: Embedder,
): Promise<Embedder> {
  const texts = questions
    .map(({ question }) => question)
    .filter((text) => embedder.countTokens(text) <= embedder.maxTokens);
  const embeddings = await embedder.embed(texts);
  const known = new Map<string, Embedding | undefined>(texts.map((text, i) => [text, embeddings[i]]));
  return {
    ...embedder,
    async embed(wanted) {
      const found = wanted.map((text) => known.get(text));
      return found.every((one) => one !== undefined) ? found : embedder.embed(wanted);
    },
  };
}

/** Keeps beside a generation what it answered. */
export async function writeGolden(folder: string, answers: readonly GoldenAnswer[]): Promise<void> {
  const json = JSON.stringify(answers);
  await writeFile(path.join(folder, FILE), JSON.stringify({ checksum: sha256(json), answers }), {
    flush: true,
  });
}

/** What a generation answered when it was built; nothing where that is not known, or damaged. */
export async function readGolden(folder: string): Promise<readonly GoldenAnswer[]> {
  try {
    const { checksum, answers } = JSON.parse(await readFile(path.join(folder, FILE), 'utf8'));
    return checksum === sha256(JSON.stringify(answers)) ? z.array(answerShape).parse(answers) : [];
  } catch {
    return [];
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
