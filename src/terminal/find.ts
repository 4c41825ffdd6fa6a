import { checkQuestion } from '../answering/check-question.ts';
import { checked, runCommand, UsageError } from './command.ts';
import { foundJson } from './json.ts';
import { renderFound } from './render.ts';
import { styleOf } from './style.ts';

const USAGE = `usage: npm run find -- [options] "phrase"

Says where a phrase stands word for word, then what is near in meaning.

  --seed ID     look into one article only: the name of its file without the extension
  --json        print one JSON object`;

const options = { json: { type: 'boolean' }, seed: { type: 'string' } } as const;

await runCommand({ usage: USAGE, options, words: true }, async ({ flags, words, library: where }) => {
  if (words.length === 0) throw new UsageError('the phrase is missing');
  const phrase = checked(() => checkQuestion(words.join(' '), 'phrase'));
  const { openLibrary } = await import('../answering/open-library.ts');
  const library = await openLibrary(where);
  const found = await library.find(phrase, flags.seed === undefined ? {} : { seed: flags.seed });
  const text = flags.json ? JSON.stringify(foundJson(found)) : renderFound(found, styleOf(process.stdout));
  process.stdout.write(`${text}\n`);
});
