import { once } from 'node:events';
import { z } from 'zod';
import { checkQuestion } from '../answering/check-question.ts';
import type { Library } from '../answering/library.ts';
import { OperatorError } from '../operator-error.ts';
import { checked, mistakeOf } from './command.ts';
import { answerJson } from './json.ts';
import { MAX_LINE_UNITS, readLines } from './lines.ts';

const lineShape = z.object({ question: z.string(), seed: z.string().optional() });
/** Of a line that cannot be read, so much stands for its question. */
const SHOWN_UNITS = 2000;

/**
 * Answers each line with one line of JSON, in order. A line that cannot be answered gets `{question, error}` in its
 * place, and the others go on. Holds one question at a time, and waits while the output is full.
 *
 * @param seed the only seed to look into, for lines that name none
 * @throws {OperatorError} when there is no such seed
 */
export async function answerBatch(
  library: Library,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  seed: string | undefined,
): Promise<void> {
  if (seed !== undefined && !library.seeds.some(({ id }) => id === seed)) {
    throw new OperatorError(
      `--seed ${seed.slice(0, 100)}: there is no such article; npm start and /seeds list them`,
    );
  }
  for await (const line of readLines(input)) {
    const result = await answerLine(library, line, seed);
    if (!output.write(`${JSON.stringify(result)}\n`)) await once(output, 'drain');
  }
}

async function answerLine(library: Library, line: string, seed: string | undefined): Promise<object> {
  let question = line.slice(0, SHOWN_UNITS);
  try {
    const asked = readLine(line);
    question = asked.question;
    const only = asked.seed ?? seed;
    const text = checked(() => checkQuestion(question));
    return { ...answerJson(await library.ask(text, only === undefined ? {} : { seed: only })), question };
  } catch (error) {
    const mistake = mistakeOf(error);
    if (mistake === null) throw error;
    return { question, error: mistake.replaceAll('\n', ' · ') };
  }
}

/** @throws {OperatorError} when the line opens like an object but is not one of ours */
function readLine(line: string): z.infer<typeof lineShape> {
  if (line.length >= MAX_LINE_UNITS)
    throw new OperatorError(`the line is longer than ${MAX_LINE_UNITS} characters`);
  if (!line.trimStart().startsWith('{')) return { question: line };
  const { data } = lineShape.safeParse(parseJson(line));
  if (data === undefined) throw new OperatorError('the line is JSON, but not {"question": "…", "seed": "…"}');
  return data;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new OperatorError('the line opens like JSON, but is none; write {"question": "…", "seed": "…"}', {
      cause,
    });
  }
}
