import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT } from '../bot-process.ts';
import { BY_DISCORD_JS, COMPENSATIONS, type Compensation } from './compensations.ts';

const USAGE = `usage: npm run mutations -- [--rows 1,5,…]

Takes each thing out that the bot does about a fault, one after the other, in a copy of the tree, and runs the test of
that fault, which must fail then; first the tests as they are, which must pass. Writes a table in Markdown.
Exit status: 0 when every test fails that should, else 1.
`;

/** A test that waits for an answer which never comes need not wait for long. */
const TEST_TIMEOUT_MS = 30_000;

/** A copy of the tree as it stands, with the packages and the models of this one. */
function copyTree(): string {
  const copy = mkdtempSync(path.join(tmpdir(), 'liaison-mutations-'));
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: PROJECT,
    encoding: 'utf8',
  });
  for (const file of files.trim().split('\n')) {
    if (existsSync(path.join(PROJECT, file))) cpSync(path.join(PROJECT, file), path.join(copy, file));
  }
  for (const shared of ['node_modules', path.join('embeddings', 'models')]) {
    if (existsSync(path.join(PROJECT, shared)))
      symlinkSync(path.join(PROJECT, shared), path.join(copy, shared));
  }
  return copy;
}

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  /** Names of the tests that failed. */
  readonly names: readonly string[];
}

/** What is read of vitest's report. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Runs the tests of a file whose names begin so. */
async function run(tree: string, tests: string, name: string): Promise<Outcome> {
  const report = path.join(tree, 'report.json');
  rmSync(report, { force: true });
  const args = ['node_modules/vitest/vitest.mjs', 'run', `tests/discord/faults/${tests}.test.ts`, '-t', name];
  const options = [`--testTimeout=${TEST_TIMEOUT_MS}`, '--reporter=json', `--outputFile=${report}`];
  const ended = await new Promise<Error | null>((resolve) => {
    execFile(process.execPath, [...args, ...options], { cwd: tree, maxBuffer: 2 ** 28 }, resolve);
  });
  const { numPassedTests, numFailedTests, testResults }: Report = JSON.parse(readFileSync(report, 'utf8'));
  const failed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed');
  return {
    passed: numPassedTests,
    // An error that no test caught is a failure too; the report does not tell it.
    failed: numFailedTests + (ended === null || numFailedTests > 0 ? 0 : 1),
    names: failed.map(({ fullName }) => fullName),
  };
}

async function withoutIt(tree: string, { file, find, replace, tests, name }: Compensation): Promise<Outcome> {
  const place = path.join(tree, 'src', file);
  const whole = readFileSync(place, 'utf8');
  writeFileSync(
    place,
    whole.replace(find, () => replace),
  );
  try {
    return await run(tree, tests, name);
  } finally {
    writeFileSync(place, whole);
  }
}

async function takeOutEach(wanted: readonly number[]): Promise<boolean> {
  const chosen = COMPENSATIONS.filter(({ row }) => wanted.length === 0 || wanted.includes(row));
  const tree = copyTree();
  let held = true;
  const say = (line: string) => process.stdout.write(`${line}\n`);
  try {
    for (const tests of new Set(chosen.map((each) => each.tests))) {
      const { passed, failed, names } = await run(tree, tests, 'row');
      const lines = [`${tests} as it is: ${passed} passed, ${failed} failed`, ...names];
      process.stderr.write(`${lines.join('\n  ')}\n`);
      held &&= failed === 0 && passed > 0;
    }
    say('| row | taken out | in | its tests then |\n|---|---|---|---|');
    for (let row = 1; row <= 26; row++) {
      if (row in BY_DISCORD_JS && wanted.length === 0)
        say(`| ${row} | nothing: ${BY_DISCORD_JS[row]} | – | – |`);
      for (const each of chosen.filter((candidate) => candidate.row === row)) {
        const { failed, passed } = await withoutIt(tree, each);
        held &&= failed > 0;
        const outcome = failed > 0 ? `fail (${failed} of ${failed + passed})` : `**pass** (${passed})`;
        say(`| ${row} | ${each.what} | \`${each.file}\` | ${outcome} |`);
      }
    }
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
  return held;
}

function readRows(): number[] | null {
  try {
    const { rows = '' } = parseArgs({ options: { rows: { type: 'string' } } }).values;
    const numbers = rows === '' ? [] : rows.split(',').map(Number);
    return numbers.every((row) => row >= 1 && row <= 26) ? numbers : null;
  } catch {
    return null;
  }
}

const rows = readRows();
if (rows === null) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else if (!(await takeOutEach(rows))) process.exitCode = 1;
