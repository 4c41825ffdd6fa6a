import { verifyQuote } from '../answering/verify.ts';
import { loadSeeds } from '../seeds/load.ts';
import { runCommand, UsageError } from './command.ts';
import { renderVerdict, styleOf } from './render.ts';

const USAGE = 'usage: npm run verify -- [--seeds DIR] "claimed quote"';

await runCommand(USAGE, {}, async ({ words, library }) => {
  if (words.length === 0) throw new UsageError('the quote is missing');
  const verdict = verifyQuote(words.join(' '), await loadSeeds(library.seedsFolder));
  process.stdout.write(`${renderVerdict(verdict, styleOf(process.stdout))}\n`);
});
