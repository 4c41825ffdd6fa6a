import { runCommand, UsageError } from './command.ts';

const USAGE = `usage: npm run embed -- [options]

Builds the index. What did not change since the last time is kept.

  --full        embed everything anew
  --rollback    go back to the index before the one that answers, until the next build
  --json        print one JSON object`;

const options = {
  full: { type: 'boolean' },
  rollback: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

await runCommand({ usage: USAGE, options, words: false }, async ({ flags, library }) => {
  if (flags.rollback) {
    if (flags.full) throw new UsageError('--rollback and --full exclude each other');
    const { rollBack } = await import('../answering/roll-back.ts');
    const { name, manifest } = (await rollBack(library)).generation;
    const text = flags.json
      ? JSON.stringify({ generation: name, builtAt: manifest.builtAt })
      : `generation ${name} of ${manifest.builtAt} answers now; npm run embed brings the index up to date again`;
    process.stdout.write(`${text}\n`);
    return;
  }
  const { embedSeeds } = await import('../answering/embed-seeds.ts');
  const report = await embedSeeds({ ...library, full: flags.full === true });
  const { added, updated, removed, unchanged, sentences, passages, embedded, seconds } = report;
  const text = flags.json
    ? JSON.stringify(report)
    : `seeds:  ${added} added, ${updated} updated, ${removed} removed, ${unchanged} unchanged\n` +
      `chunks: ${sentences} sentences in ${passages} passages; ${embedded} texts embedded in ${seconds.toFixed(1)} s`;
  process.stdout.write(`${text}\n`);
});
