import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { OperatorError } from '../../src/operator-error.ts';
import type { Span } from '../../src/seeds/seed.ts';
import { seededRandom, shuffled } from './sample.ts';
import { shortArticles } from './short-articles.ts';

/** A question, the article it is put to, and what should come of it. */
export interface EvalQuestion {
  readonly text: string;
  /** Id of the seed that it is put to. */
  readonly seed: string;
  /** What answers it, in that seed's text; empty when nothing does. */
  readonly gold: readonly Span[];
  /**
   * `near`: the seed talks about it and answers something a little different. `absent`: the seed is about its subject
   * and does not answer. `far`: the seed does not talk about it.
   */
  readonly expected: 'answered' | 'near' | 'absent' | 'far';
  /** Type of question, to break results down by. */
  readonly kind: string;
  /** Where in the seed's text it was written about, for a question that nothing answers. */
  readonly about?: number;
  /** The question before, for a follow-up. */
  readonly after?: string;
}

/** Articles and the questions that are put to them. */
export interface EvalSet {
  readonly name: string;
  /** The seeds folder: text by file name, sidecars included. */
  readonly files: ReadonlyMap<string, string>;
  readonly questions: readonly EvalQuestion[];
}

/** How much of a set is used, and which part. */
export interface Sampling {
  /** Questions a set, at most; those asked of another article come on top. */
  readonly size: number;
  readonly seedNumber: number;
}

/** An article and the questions that were written for it. */
export interface Article {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** Where its sentences start, if the set says so. */
  readonly sentences?: readonly number[];
  readonly questions: readonly Omit<EvalQuestion, 'seed'>[];
}

/** Few articles with many questions: embedding an article takes longer than asking it a hundred questions. */
const QUESTIONS_AN_ARTICLE = 25;
const FEWEST_ARTICLES = 3;

const squadShape = z.object({
  data: z.array(
    z.object({
      title: z.string(),
      paragraphs: z.array(
        z.object({
          context: z.string(),
          qas: z.array(
            z.object({
              question: z.string(),
              is_impossible: z.boolean(),
              answers: z.array(z.object({ answer_start: z.number(), text: z.string() })),
            }),
          ),
        }),
      ),
    }),
  ),
});

const selqaShape = z.array(
  z.object({
    article: z.string(),
    section: z.string(),
    question: z.string(),
    answers: z.array(z.number()),
    candidates: z.array(z.string()).min(1),
    q_types: z.array(z.string()),
  }),
);

/**
 * The public sets that are in a folder of data, sampled; each also as short articles, with half as many questions,
 * for every one of those is an index of its own.
 * @param report takes a line for each set that is absent
 * @throws {OperatorError} when a file is not what it should be
 */
export async function readPublicSets(
  dataFolder: string,
  sampling: Sampling,
  report: (line: string) => void,
): Promise<EvalSet[]> {
  const sets: EvalSet[] = [];
  for (const [name, file, read] of [
    ['squad', 'squad2/articles.json', squadArticles],
    ['selqa', 'selqa/dev.json', selqaArticles],
  ] as const) {
    const place = path.join(dataFolder, file);
    if (existsSync(place)) {
      const articles = await parseFile(place, read);
      const fewer = { ...sampling, size: Math.ceil(sampling.size / 2) };
      sets.push(sampleSet(name, articles, sampling), shortArticles(`${name} short`, articles, fewer));
    } else report(`${place}: absent; ${name} is left out (--data DIR names another folder)`);
  }
  return sets;
}

async function parseFile(place: string, read: (json: unknown) => Article[]): Promise<Article[]> {
  try {
    return read(JSON.parse(await readFile(place, 'utf8')));
  } catch (cause) {
    if (!(cause instanceof SyntaxError) && !(cause instanceof z.ZodError)) throw cause;
    throw new OperatorError(`${place}: not the JSON that it should be; fetch it again`, { cause });
  }
}

/** One seed an article of SQuAD (Rajpurkar et al. 2018), one paragraph a line. */
export function squadArticles(json: unknown): Article[] {
  return squadShape.parse(json).data.map(({ title, paragraphs }, number) => {
    let offset = 0;
    const questions = paragraphs.flatMap(({ context, qas }) => {
      const base = offset;
      offset += context.length + 1;
      return qas.map(({ question, is_impossible, answers }) => ({
        text: question.trim(),
        gold: is_impossible ? [] : answers.map((answer) => spanAt(base + answer.answer_start, answer.text)),
        ...(is_impossible ? { about: base } : {}),
        expected: is_impossible ? ('near' as const) : ('answered' as const),
        kind: questionWord(question),
      }));
    });
    const text = paragraphs.map(({ context }) => onOneLine(context)).join('\n');
    return { id: idOf(number, title), title: title.replaceAll('_', ' '), text, questions };
  });
}

/** One seed a section of SelQA (Jurczyk et al. 2016), on one line. */
export function selqaArticles(json: unknown): Article[] {
  const sections = new Map<string, z.infer<typeof selqaShape>>();
  for (const row of selqaShape.parse(json)) {
    const section = row.candidates.join(' ');
    sections.set(section, [...(sections.get(section) ?? []), row]);
  }
  return [...sections].map(([section, rows], number) => {
    const { article: title = '', candidates = [] } = rows[0] ?? {};
    const starts = candidates.map((_, i) =>
      candidates.slice(0, i).reduce((sum, { length }) => sum + length + 1, 0),
    );
    const questions = rows.map(({ question, answers, q_types }) => ({
      text: question.trim(),
      gold: answers.map((i) => spanAt(starts[i] ?? 0, candidates[i] ?? '')),
      expected: 'answered' as const,
      kind: q_types[0] ?? 'other',
    }));
    return { id: idOf(number, title), title, text: onOneLine(section), sentences: starts, questions };
  });
}

/** Draws articles, then questions from them; each answerable one is also put to an article of another title. */
export function sampleSet(name: string, articles: readonly Article[], sampling: Sampling): EvalSet {
  const random = seededRandom(sampling.seedNumber);
  const wanted = Math.max(FEWEST_ARTICLES, Math.ceil(sampling.size / QUESTIONS_AN_ARTICLE));
  const chosen: Article[] = [];
  let available = 0;
  for (const article of shuffled(articles, random)) {
    if (chosen.length >= wanted && available >= sampling.size) break;
    chosen.push(article);
    available += article.questions.length;
  }
  const all = chosen.flatMap(({ id, questions }) => questions.map((question) => ({ ...question, seed: id })));
  const questions: EvalQuestion[] = shuffled(all, random).slice(0, sampling.size);
  const titles = new Map(chosen.map(({ id, title }) => [id, title]));
  const far = questions.flatMap((question): EvalQuestion[] => {
    const others = chosen.filter(({ title }) => title !== titles.get(question.seed));
    const other = others[Math.floor(random() * others.length)];
    if (question.expected !== 'answered' || other === undefined) return [];
    return [{ ...question, seed: other.id, gold: [], expected: 'far' }];
  });
  const files = chosen.flatMap(({ id, title, text }): [string, string][] => [
    [`${id}.txt`, `${text}\n`],
    [`${id}.json`, JSON.stringify({ title })],
  ]);
  return { name, files: new Map(files), questions: [...questions, ...far] };
}

function spanAt(start: number, { length }: string): Span {
  return { start, end: start + length };
}

/** Keeps every offset. */
function onOneLine(text: string): string {
  return text.replace(/[\r\n\u2028\u2029]/g, ' ');
}

function idOf(number: number, title: string): string {
  const slug = title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60);
  return `${String(number).padStart(3, '0')}-${slug}`.normalize('NFC');
}

function questionWord(question: string): string {
  const [word] = /\b(?:who|whom|whose|when|where|why|how|which|what)\b/.exec(question.toLowerCase()) ?? [];
  return word ?? 'other';
}
