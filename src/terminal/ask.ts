import { createInterface } from 'node:readline';
import { z } from 'zod';
import { checkQuestion } from '../answering/check-question.ts';
import type { Library } from '../answering/library.ts';
import { openLibrary } from '../answering/open-library.ts';
import { OperatorError } from '../operator-error.ts';
import { runCommand, UsageError } from './command.ts';
import { answerJson } from './json.ts';
import { renderAnswer, styleOf } from './render.ts';

const USAGE =
  'usage: npm run ask -- [--json] [--seed ID] [--seeds DIR] [--index DIR] "question"   |   npm run ask -- --batch --json < questions';

const lineShape = z.object({ question: z.string(), seed: z.string().optional() });

await runCommand(
  USAGE,
  { json: { type: 'boolean' }, batch: { type: 'boolean' }, seed: { type: 'string' } },
  async ({ flags, words, library: options }) => {
    const { json, batch, seed } = flags;
    if (batch === true && (json !== true || words.length > 0))
      throw new UsageError('--batch goes with --json and stdin');
    if (batch !== true && words.length === 0) throw new UsageError('the question is missing');
    const only = typeof seed === 'string' ? { seed } : {};
    if (batch === true) return answerBatch(await openLibrary(options), only);
    const question = checkQuestion(words.join(' '));
    const answer = await (await openLibrary(options)).ask(question, only);
    const text =
      json === true ? JSON.stringify(answerJson(answer)) : renderAnswer(answer, styleOf(process.stdout));
    process.stdout.write(`${text}\n`);
  },
);

/** One line in, one line out, in order; a line that cannot be answered says why and the others go on. */
async function answerBatch(library: Library, only: { readonly seed?: string }): Promise<void> {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const text = line.replace(/^\ufeff/, '').trim();
    if (text === '') continue;
    const written = process.stdout.write(`${JSON.stringify(await answerLine(library, text, only))}\n`);
    if (!written) await new Promise((resume) => process.stdout.once('drain', resume));
  }
}

async function answerLine(library: Library, line: string, only: { readonly seed?: string }): Promise<object> {
  let question = line;
  try {
    const asked = line.startsWith('{') ? lineShape.parse(JSON.parse(line)) : { question: line };
    question = asked.question;
    const seed = asked.seed ?? only.seed;
    return answerJson(await library.ask(checkQuestion(question), seed === undefined ? {} : { seed }));
  } catch (error) {
    const mistake =
      error instanceof OperatorError ||
      error instanceof RangeError ||
      error instanceof SyntaxError ||
      error instanceof z.ZodError;
    if (!mistake) throw error;
    const reason =
      error instanceof z.ZodError ? 'the line needs {"question": "…", "seed": "…"}' : error.message;
    return { question, error: reason };
  }
}
