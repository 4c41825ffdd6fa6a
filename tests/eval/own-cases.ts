import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { EvalQuestion, EvalSet } from './datasets.ts';

const QUESTIONS = fileURLToPath(new URL('../questions', import.meta.url));
const SEED_FOLDERS = [path.join(QUESTIONS, 'seeds'), fileURLToPath(new URL('../../seeds', import.meta.url))];

const fileShape = z.object({
  seed: z.string(),
  cases: z.array(
    z.object({
      question: z.string(),
      kind: z.string(),
      outcome: z.enum(['answered', 'related', 'not-in-sources', 'refused']),
      quote: z.string().optional(),
      quotes: z.array(z.string()).optional(),
      after: z.string().optional(),
    }),
  ),
});
type QuestionFile = z.infer<typeof fileShape>;

/** The project's own cases, all of them, over their own seeds. */
export async function readOwnCases(): Promise<EvalSet> {
  const names = (await readdir(QUESTIONS)).filter((name) => name.endsWith('.json')).sort();
  const parsed: QuestionFile[] = [];
  for (const name of names) {
    parsed.push(fileShape.parse(JSON.parse(await readFile(path.join(QUESTIONS, name), 'utf8'))));
  }
  const files = new Map<string, string>();
  for (const folder of SEED_FOLDERS) {
    for (const name of await readdir(folder)) {
      const wanted = parsed.some(({ seed }) => path.parse(name).name === seed);
      if (wanted) files.set(name, await readFile(path.join(folder, name), 'utf8'));
    }
  }
  return { name: 'own cases', files, questions: parsed.flatMap((file) => questionsOf(file, files)) };
}

function questionsOf({ seed, cases }: QuestionFile, files: ReadonlyMap<string, string>): EvalQuestion[] {
  const text = files.get(`${seed}.txt`) ?? files.get(`${seed}.md`) ?? '';
  const expectedOf = {
    answered: 'answered',
    related: 'near',
    refused: 'near',
    'not-in-sources': 'far',
  } as const;
  return cases.map(({ question, kind, outcome, quote, quotes, after }) => ({
    text: question,
    seed,
    gold: (quotes ?? (quote === undefined ? [] : [quote])).map((words) => {
      const start = text.indexOf(words);
      if (start < 0) throw new Error(`${seed}: the quote of "${question}" is not in it`);
      return { start, end: start + words.length };
    }),
    expected: expectedOf[outcome],
    kind,
    ...(after === undefined ? {} : { after }),
  }));
}
