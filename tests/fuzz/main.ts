import { parseArgs } from 'node:util';
import { allTargets } from './all-targets.ts';
import { giants } from './giants.ts';
import { runTarget } from './run.ts';

const USAGE = `usage: npm run fuzz -- [--runs N] [--seed N] [--only NAME] [--giants]

Sends random and mutated questions, names, quotes, custom ids, seed files, sidecars, manifests and pages to what takes
them, and prints a report. Exit status 1 when a promise was broken.
  --runs N      inputs in all, 100,000 by default
  --seed N      the inputs follow from it, 1 by default
  --only NAME   one kind of input alone, such as "quote"
  --giants      instead, files and pages of the largest size that is offered, each of one piece over and over
`;
const SHOWN = 300;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    giants: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);
const seed = Number(values.seed);
if (values.help) process.stdout.write(USAGE);
else if (!Number.isSafeInteger(runs) || runs < 1 || !Number.isSafeInteger(seed)) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else process.exitCode = values.giants ? await readGiants() : await fuzz();

/** @returns the exit status */
async function fuzz(): Promise<number> {
  const { targets, close } = await allTargets();
  const chosen = targets.filter(({ name }) => values.only === undefined || name === values.only);
  const weights = chosen.reduce((sum, { weight }) => sum + weight, 0);
  row('input', 'runs', 'median ms', 'worst ms', 'process after, MiB', 'broken');
  row(...Array<string>(6).fill('---'));
  let [all, broken] = [0, 0];
  for (const target of chosen) {
    const outcome = await runTarget(target, Math.ceil((runs * target.weight) / weights), seed);
    const { name, medianMs, worstMs, worst, peakMb, finds } = outcome;
    all += outcome.runs;
    broken += finds.length;
    row(name, outcome.runs, medianMs.toFixed(2), Math.round(worstMs), Math.round(peakMb), finds.length);
    process.stderr.write(`worst ${name}: ${JSON.stringify(worst.toString().slice(0, SHOWN))}\n`);
    for (const { input, error } of finds) {
      process.stderr.write(`${name}: ${input.toString('base64')}\n${(error as Error).stack ?? error}\n`);
    }
  }
  process.stdout.write(
    `\n${all} inputs, seed ${seed}: ${broken === 0 ? 'nothing broke' : `${broken} finds`}\n`,
  );
  return (await close()) === 0 && broken === 0 ? 0 : 1;
}

/** @returns the exit status */
async function readGiants(): Promise<number> {
  row('piece', 'as', 'CPU s', 'process, MiB', 'end');
  row(...Array<string>(5).fill('---'));
  let status = 0;
  for await (const { piece, kind, seconds, peakMb, end } of giants()) {
    row(`\`${JSON.stringify(piece)}\``, kind, seconds.toFixed(1), Math.round(peakMb), end);
    if (Number.isNaN(seconds)) status = 1;
  }
  return status;
}

function row(...cells: readonly (string | number)[]): void {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}
