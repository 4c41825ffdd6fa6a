import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Article, type EvalSet, type Sampling, sampleSet } from './datasets.ts';

const FOLDER = fileURLToPath(new URL('../questions/newsroom', import.meta.url));

const fileShape = z.strictObject({
  /** The article: headline, when and by whom, then a paragraph a line. */
  lines: z.array(z.string()).min(5),
  cases: z.array(
    z.strictObject({
      question: z.string(),
      kind: z.string(),
      expected: z.enum(['answered', 'near', 'absent']),
      /** Of each sentence that answers by itself, words that stand in it only. */
      quotes: z.array(z.string()).min(1).optional(),
    }),
  ),
});

/** The name of the set. */
export const NEWSROOM = 'newsroom';

/**
 * Short news articles with questions as readers type them, most of them in other words than the article's. They were
 * written for this project: the public sets' questions were written with the answer in view, and share its words.
 */
export async function readNewsroom(sampling: Sampling): Promise<EvalSet> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.json')).sort();
  const articles = await Promise.all(
    names.map(async (name) => articleOf(name, await readFile(path.join(FOLDER, name), 'utf8'))),
  );
  return sampleSet(NEWSROOM, articles, sampling);
}

function articleOf(name: string, json: string): Article {
  const { lines, cases } = fileShape.parse(JSON.parse(json));
  const text = lines.join('\n');
  const questions = cases.map(({ question, kind, expected, quotes = [] }) => ({
    text: question,
    kind,
    expected,
    gold: quotes.map((quote) => {
      const start = text.indexOf(quote);
      if (start < 0) throw new Error(`${name}: the quote of "${question}" is not in it`);
      return { start, end: start + quote.length };
    }),
  }));
  return { id: path.parse(name).name, title: lines[0] ?? name, text, questions };
}
