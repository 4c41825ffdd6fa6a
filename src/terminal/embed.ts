import type { Rebuilt } from '../answering/last-run.ts';
import type { LibraryOptions } from '../answering/library.ts';
import { OperatorError } from '../operator-error.ts';
import { runCommand, UsageError } from './command.ts';

const USAGE = `usage: npm run embed -- [options]

Builds the index beside the one that answers. What did not change since the last time is kept. The new index is
published when it is whole and answers no golden question worse than the one before: the examples in the articles'
sidecars, and the questions in tests/questions.

  --full             embed everything anew; with --article, that one only
  --article ID       the article to embed anew
  --publish-anyway   publish although golden questions are answered worse; also what an earlier run held back
  --rollback         go back to the index before the one that answers, until the next build
  --json             print one JSON object`;

const options = {
  full: { type: 'boolean' },
  article: { type: 'string' },
  'publish-anyway': { type: 'boolean' },
  rollback: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

await runCommand({ usage: USAGE, options, words: false }, async ({ flags, library }) => {
  const { full = false, article, 'publish-anyway': publishAnyway = false, rollback = false } = flags;
  const show = (text: string, json: object) => {
    process.stdout.write(`${flags.json ? JSON.stringify(json) : text}\n`);
  };
  if (rollback) {
    if (full || article !== undefined || publishAnyway) throw new UsageError('--rollback goes alone');
    const { rollBack } = await import('../answering/roll-back.ts');
    const { name, manifest } = (await rollBack(library)).generation;
    const { builtAt } = manifest;
    const text = `generation ${name} of ${builtAt} answers now; npm run embed brings the index up to date again`;
    return show(text, { generation: name, builtAt });
  }
  if (article !== undefined && !full) throw new UsageError('--article goes with --full');
  const { embedSeeds, publishHeldSeeds } = await import('../answering/embed-seeds.ts');
  const held = publishAnyway && !full ? await publishHeldSeeds(library) : undefined;
  if (held !== undefined) {
    const { name, manifest } = held;
    return show(`generation ${name}, which was held back, answers now`, {
      outcome: 'published',
      generation: name,
      builtAt: manifest.builtAt,
    });
  }
  const { reportProgress } = await import('../answering/rebuild-words.ts');
  const rebuilt = await embedSeeds(library, {
    full,
    seed: article,
    publishAnyway,
    progress: (progress) => reportProgress(library.report, progress),
  });
  show(textOf(rebuilt), rebuilt);
  await tellWorse(rebuilt, library);
});

function textOf(rebuilt: Rebuilt): string {
  const { added, updated, removed, unchanged, sentences, passages, embedded, seconds, golden } = rebuilt;
  const { asked, worse } = golden;
  return [
    `seeds:  ${added} added, ${updated} updated, ${removed} removed, ${unchanged} unchanged`,
    `chunks: ${sentences} sentences in ${passages} passages; ${embedded} texts embedded in ${seconds.toFixed(1)} s`,
    rebuilt.outcome === 'unchanged'
      ? 'golden: not asked, for nothing changed'
      : `golden: ${asked} questions asked, ${worse.length === 0 ? 'none' : worse.length} answered worse than before`,
  ].join('\n');
}

/** @throws {OperatorError} when the index was not published for it */
async function tellWorse({ outcome, golden: { worse } }: Rebuilt, { report }: LibraryOptions): Promise<void> {
  if (worse.length === 0) return;
  const { regressionLine } = await import('../answering/rebuild-words.ts');
  for (const regression of worse) report(regressionLine(regression));
  if (outcome !== 'held') return;
  throw new OperatorError(
    `index: not published, for ${worse.length} golden questions are answered worse than before (above); mend the ` +
      'articles and run again, or run: npm run embed -- --publish-anyway',
  );
}
