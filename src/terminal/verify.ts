import { checkQuestion } from '../answering/check-question.ts';
import { MAX_PHRASE_UNITS } from '../answering/find-phrase.ts';
import { verifyQuote } from '../answering/verify.ts';
import { loadSeeds } from '../seeds/load.ts';
import { checked, runCommand, UsageError } from './command.ts';
import { verdictJson } from './json.ts';
import { renderVerdict } from './render-verdict.ts';
import { styleOf } from './style.ts';

const USAGE = `usage: npm run verify -- [options] "claimed quote"

Says whether a quote is exact, altered, stitched together or absent. Needs no index.

  --json        print one JSON object`;

const options = { json: { type: 'boolean' } } as const;

await runCommand({ usage: USAGE, options, words: true }, async ({ flags, words, library }) => {
  if (words.length === 0) throw new UsageError('the quote is missing');
  const quote = checked(() => checkQuestion(words.join(' '), 'quote', MAX_PHRASE_UNITS));
  const verdict = verifyQuote(quote, await loadSeeds(library.seedsFolder));
  const text = flags.json
    ? JSON.stringify(verdictJson(quote, verdict))
    : renderVerdict(verdict, styleOf(process.stdout));
  process.stdout.write(`${text}\n`);
});
