import { embedSeeds } from '../answering/embed-seeds.ts';
import { runCommand, UsageError } from './command.ts';

const USAGE = 'usage: npm run embed -- [--full] [--json] [--seeds DIR] [--index DIR]';

await runCommand(
  USAGE,
  { full: { type: 'boolean' }, json: { type: 'boolean' } },
  async ({ flags, words, library }) => {
    if (words.length > 0) throw new UsageError(`embed takes no words: ${words[0]}`);
    const report = await embedSeeds({ ...library, full: flags.full === true });
    const { added, updated, removed, unchanged, sentences, passages, embedded, seconds } = report;
    const text =
      flags.json === true
        ? JSON.stringify(report)
        : `seeds: added ${added}, updated ${updated}, removed ${removed}, unchanged ${unchanged}\n` +
          `chunks: ${sentences} sentences in ${passages} passages, ${embedded} embedded, ${seconds.toFixed(1)} s`;
    process.stdout.write(`${text}\n`);
  },
);
