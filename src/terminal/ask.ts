import { checkQuestion } from '../answering/check-question.ts';
import { answerBatch } from './batch.ts';
import { checked, runCommand, UsageError } from './command.ts';
import { answerJson } from './json.ts';
import { renderAnswer } from './render.ts';
import { styleOf } from './style.ts';

const USAGE = `usage: npm run ask -- [options] "question"
       npm run ask -- --batch --json < questions

Answers a question in verbatim quotes from the articles.

  --seed ID     look into one article only: the name of its file without the extension
  --json        print one JSON object
  --batch       read questions from stdin, one a line: plain text or {"question": "…", "seed": "…"}`;

const options = { json: { type: 'boolean' }, batch: { type: 'boolean' }, seed: { type: 'string' } } as const;

await runCommand({ usage: USAGE, options, words: true }, async ({ flags, words, library: where }) => {
  const { json, batch, seed } = flags;
  if (batch && !json) throw new UsageError('--batch goes with --json');
  if (batch && words.length > 0) throw new UsageError('--batch reads its questions from stdin');
  if (!batch && words.length === 0) throw new UsageError('the question is missing');
  const question = batch ? '' : checked(() => checkQuestion(words.join(' ')));
  const { openLibrary } = await import('../answering/open-library.ts');
  const library = await openLibrary(where);
  if (batch) return answerBatch(library, process.stdin, process.stdout, seed);
  const answer = await library.ask(question, seed === undefined ? {} : { seed });
  const text = json ? JSON.stringify(answerJson(answer)) : renderAnswer(answer, styleOf(process.stdout));
  process.stdout.write(`${text}\n`);
});
