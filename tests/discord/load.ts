import { parseArgs } from 'node:util';
import { KINDS } from './load/crowd.ts';
import { show } from './load/figures.ts';
import { measureBot, TENTHS } from './load/measure.ts';

const USAGE = `usage: npm run load -- [--questions N] [--in-flight N] [--kind mention|dm|ask|mixed] [--json]

Starts the bot as a user does, with a Discord on loopback, asks it N questions (1000) so many at a time (50), and
tells how long the first visible response and the reply took, what was lost or answered twice, and the bot's memory.
`;

function readArguments() {
  try {
    return parseArgs({
      options: {
        questions: { type: 'string', default: '1000' },
        'in-flight': { type: 'string', default: '50' },
        kind: { type: 'string', default: 'mixed' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch {
    return { kind: 'unknown' };
  }
}

const values = { questions: '', 'in-flight': '', json: false, help: false, ...readArguments() };
const questions = Number(values.questions);
const inFlight = Number(values['in-flight']);
const kinds = values.kind === 'mixed' ? KINDS : KINDS.filter((kind) => kind === values.kind);
const wrong = !(questions >= TENTHS && inFlight >= 1 && kinds.length > 0);
if (values.help || wrong) {
  (wrong ? process.stderr : process.stdout).write(USAGE);
  process.exitCode = wrong ? 2 : 0;
} else {
  const figures = await measureBot({ questions, inFlight, kinds });
  process.stdout.write(values.json ? `${JSON.stringify(figures, null, 1)}\n` : show(figures));
  if (figures.lost + figures.twice + figures.violations.length > 0) process.exitCode = 1;
}
