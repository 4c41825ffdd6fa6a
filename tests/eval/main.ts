import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { parseArgs } from 'node:util';
import { readConfig } from '../../src/config.ts';
import { OperatorError } from '../../src/operator-error.ts';
import { UsageError } from '../../src/terminal/command.ts';
import { createProgress } from '../../src/terminal/progress.ts';
import { runMeasuring } from '../measuring.ts';
import { type Baseline, baselineOf, compare, parseBaseline } from './compare.ts';
import { type EvalSet, readPublicSets, type Sampling } from './datasets.ts';
import { renderPage } from './html.ts';
import { readNewsroom } from './newsroom.ts';
import { readOwnCases } from './own-cases.ts';
import { runSet, type SetRun } from './run.ts';
import { type SetSummary, summarise } from './summary.ts';
import { renderSummary } from './table.ts';

const USAGE = `usage: npm run eval -- [options]

Puts the public sets' questions and our own cases to the library, and prints how good the answers are.

  --sample N          questions a public set; 400 by default
  --seed-number N     draws another sample; 1 by default
  --data DIR          folder with squad2/ and selqa/; ../shared/data beside the project by default
  --index DIR         keeps the indexes there for the next run; else they go when it ends
  --json              print one JSON object in place of tables
  --html FILE         write a page with plots and the worst misses as well
  --compare           say what got better or worse since tests/eval/baseline.json
  --write-baseline    make this run the baseline`;
const DATA = fileURLToPath(new URL('../../../shared/data', import.meta.url));
const BASELINE = fileURLToPath(new URL('./baseline.json', import.meta.url));
const DEFAULT_SAMPLE = 400;

const options = {
  sample: { type: 'string' },
  'seed-number': { type: 'string' },
  data: { type: 'string' },
  index: { type: 'string' },
  json: { type: 'boolean' },
  html: { type: 'string' },
  compare: { type: 'boolean' },
  'write-baseline': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Flags = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

const progress = createProgress(process.stderr);
await runMeasuring({ usage: USAGE, options }, progress, evaluate);

async function evaluate(flags: Flags): Promise<void> {
  const sampling = {
    size: wholeNumber('sample', flags.sample, DEFAULT_SAMPLE, 1),
    seedNumber: wholeNumber('seed-number', flags['seed-number'], 1, 0),
  };
  const { model, modelsFolder, calledFrom } = readConfig();
  const named = (given: string | undefined) => given && path.resolve(calledFrom, given);
  const baseline = flags.compare ? readBaseline() : undefined;
  const folder = named(flags.index) ?? temporaryFolder();
  const results: { readonly run: SetRun; readonly summary: SetSummary }[] = [];
  const own = [await readOwnCases(), await readNewsroom(sampling)];
  for (const set of [...own, ...(await publicSets(named(flags.data) ?? DATA, sampling))]) {
    const places = { model, modelsFolder, report: progress.report };
    const run = await runSet(set, path.join(folder, set.name.replaceAll(' ', '-')), places);
    const summary = summarise(run);
    results.push({ run, summary });
    if (!flags.json) process.stdout.write(`${renderSummary(summary)}\n`);
  }
  const runs = results.map(({ run }) => run);
  const changes = baseline === undefined ? [] : compare(baseline, runs, sampling);
  const sets = results.map(({ summary }) => summary);
  if (flags.json) process.stdout.write(`${JSON.stringify({ ...sampling, sets, changes }, null, 2)}\n`);
  else process.stdout.write(changes.map((line) => `${line}\n`).join(''));
  if (flags.html !== undefined) write(path.resolve(calledFrom, flags.html), renderPage(results));
  if (flags['write-baseline']) {
    write(BASELINE, `${JSON.stringify(baselineOf(runs, sampling), null, 2)}\n`);
  }
}

async function publicSets(data: string, sampling: Sampling): Promise<EvalSet[]> {
  if (existsSync(data)) return await readPublicSets(data, sampling, progress.report);
  progress.report(`${data}: absent; only the project's own sets are asked (--data DIR names another folder)`);
  return [];
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new OperatorError(`${file}: cannot be written (${(cause as Error).message})`, { cause });
  }
}

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
