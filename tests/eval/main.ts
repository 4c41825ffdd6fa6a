import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { OperatorError } from '../../src/operator-error.ts';
import { runCommand, UsageError } from '../../src/terminal/command.ts';
import { type Baseline, baselineOf, compare, parseBaseline } from './compare.ts';
import { readPublicSets } from './datasets.ts';
import { readOwnCases } from './own-cases.ts';
import { runSet, type SetRun } from './run.ts';
import { type SetSummary, summarise } from './summary.ts';
import { renderSummary } from './table.ts';

const USAGE =
  'usage: npm run eval -- [--sample N] [--seed-number N] [--data DIR] [--index DIR, kept for the next run] [--json] [--compare | --write-baseline]';
const DATA = fileURLToPath(new URL('../../../shared/data', import.meta.url));
const BASELINE = fileURLToPath(new URL('./baseline.json', import.meta.url));
const DEFAULT_SAMPLE = 400;

const OPTIONS = {
  sample: { type: 'string' },
  'seed-number': { type: 'string' },
  data: { type: 'string' },
  json: { type: 'boolean' },
  compare: { type: 'boolean' },
  'write-baseline': { type: 'boolean' },
} as const;

await runCommand(USAGE, OPTIONS, async ({ flags, words, library, config }) => {
  if (words.length > 0) throw new UsageError(`"${words[0]}" is not known`);
  if (flags.seeds !== undefined) throw new UsageError('--seeds is not known: each set brings its own');
  const sampling = {
    size: wholeNumber('sample', flags.sample, DEFAULT_SAMPLE, 1),
    seedNumber: wholeNumber('seed-number', flags['seed-number'], 1, 0),
  };
  const data = typeof flags.data === 'string' ? path.resolve(config.calledFrom, flags.data) : DATA;
  if (!existsSync(data)) library.report(`${data}: absent; only the project's own cases are asked`);
  const publicSets = existsSync(data) ? await readPublicSets(data, sampling, library.report) : [];
  const folder = flags.index === undefined ? temporaryFolder() : library.indexFolder;
  const baseline = flags.compare === true ? readBaseline() : undefined;
  const runs: SetRun[] = [];
  const summaries: SetSummary[] = [];
  for (const set of [await readOwnCases(), ...publicSets]) {
    const run = await runSet(set, path.join(folder, set.name.replaceAll(' ', '-')), library);
    runs.push(run);
    const summary = summarise(run);
    summaries.push(summary);
    if (flags.json !== true) process.stdout.write(`${renderSummary(summary)}\n`);
  }
  const changes = baseline === undefined ? null : compare(baseline, runs, sampling);
  if (flags.json === true) {
    process.stdout.write(`${JSON.stringify({ ...sampling, sets: summaries, changes }, null, 2)}\n`);
  } else if (changes !== null) {
    process.stdout.write(`${changes.join('\n')}\n`);
  }
  if (flags['write-baseline'] === true) {
    writeFileSync(BASELINE, `${JSON.stringify(baselineOf(runs, sampling), null, 2)}\n`);
  }
});

/** @throws {OperatorError} when there is none, or it is not one */
function readBaseline(): Baseline {
  if (!existsSync(BASELINE))
    throw new OperatorError(`${BASELINE}: absent; run npm run eval -- --write-baseline`);
  return parseBaseline(readFileSync(BASELINE, 'utf8'), BASELINE);
}

/** A folder that goes when the process does. */
function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'liaison-eval-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function wholeNumber(name: string, given: unknown, standard: number, least: number): number {
  if (given === undefined) return standard;
  const number = Number(given);
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw new UsageError(`--${name} takes a whole number from ${least}`);
}
