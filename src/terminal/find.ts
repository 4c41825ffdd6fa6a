import { checkQuestion } from '../answering/check-question.ts';
import { openLibrary } from '../answering/open-library.ts';
import { runCommand, UsageError } from './command.ts';
import { renderFound, styleOf } from './render.ts';

const USAGE = 'usage: npm run find -- [--json] [--seed ID] [--seeds DIR] [--index DIR] "phrase"';

await runCommand(
  USAGE,
  { json: { type: 'boolean' }, seed: { type: 'string' } },
  async ({ flags, words, library: options }) => {
    if (words.length === 0) throw new UsageError('the phrase is missing');
    const phrase = checkQuestion(words.join(' '));
    const library = await openLibrary(options);
    const found = await library.find(phrase, typeof flags.seed === 'string' ? { seed: flags.seed } : {});
    const text = flags.json === true ? JSON.stringify(found) : renderFound(found, styleOf(process.stdout));
    process.stdout.write(`${text}\n`);
  },
);
