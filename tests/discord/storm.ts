import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { PROJECT, SEEDS } from './bot-process.ts';
import { failuresOf, show } from './storm/report.ts';
import { storm } from './storm/storm.ts';

const USAGE = `usage: npm run storm -- [--seed N] [--questions N] [--in-flight N] [--json]

Starts the bot with a Discord on loopback, lets all faults befall it by chance (--seed 1) while 200 users ask N
questions (5000) in 20 channels and in private, so many open at a time (25), and tells what became of each.
Exit status: 0 when each was answered once or refused with a reason, and nothing leaked; else 1.
`;

function readArguments() {
  try {
    return parseArgs({
      options: {
        seed: { type: 'string', default: '1' },
        questions: { type: 'string', default: '5000' },
        'in-flight': { type: 'string', default: '25' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch {
    return { seed: 'none' };
  }
}

const values = { questions: '', 'in-flight': '', json: false, help: false, ...readArguments() };
const [seed, questions, inFlight] = [values.seed, values.questions, values['in-flight']].map(Number);
const isCount = (count = Number.NaN) => Number.isInteger(count) && count > 0;
const wrong = !Number.isInteger(seed) || !isCount(questions) || !isCount(inFlight);
if (values.help || wrong) {
  (wrong ? process.stderr : process.stdout).write(USAGE);
  process.exitCode = wrong ? 2 : 0;
} else {
  const indexFolder = await mkdtemp(path.join(tmpdir(), 'liaison-storm-'));
  const args = ['--import', 'tsx', 'src/terminal/embed.ts', '--seeds', SEEDS, '--index', indexFolder];
  await promisify(execFile)(process.execPath, args, { cwd: PROJECT });
  const options = { seed: seed ?? 1, questions: questions ?? 1, inFlight: inFlight ?? 1, indexFolder };
  const report = await storm(options).finally(() => rm(indexFolder, { recursive: true }));
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 1)}\n` : show(report));
  if (failuresOf(report).length > 0) process.exitCode = 1;
}
