import { runCommand } from './command.ts';

const USAGE = `usage: npm run embed -- [options]

Builds the index. What did not change since the last time is kept.

  --full        embed everything anew
  --json        print one JSON object`;

const options = { full: { type: 'boolean' }, json: { type: 'boolean' } } as const;

await runCommand({ usage: USAGE, options, words: false }, async ({ flags, library }) => {
  const { embedSeeds } = await import('../answering/embed-seeds.ts');
  const report = await embedSeeds({ ...library, full: flags.full === true });
  const { added, updated, removed, unchanged, sentences, passages, embedded, seconds } = report;
  const text = flags.json
    ? JSON.stringify(report)
    : `seeds:  ${added} added, ${updated} updated, ${removed} removed, ${unchanged} unchanged\n` +
      `chunks: ${sentences} sentences in ${passages} passages; ${embedded} texts embedded in ${seconds.toFixed(1)} s`;
  process.stdout.write(`${text}\n`);
});
