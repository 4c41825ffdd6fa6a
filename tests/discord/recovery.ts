import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { TIMINGS } from '../../src/discord/timings.ts';
import { PROJECT, SEEDS } from './bot-process.ts';
import { phrased } from './phrasing.ts';
import { type StandIn, startStandIn } from './stand-in/stand-in.ts';
import type { Channel } from './stand-in/world.ts';
import { StormBot } from './storm/bot.ts';

const USAGE = `usage: npm run recovery -- [--runs N] [--rows 1,5,…]

Lets one fault after the other befall the bot, with the waits that it has in earnest, asks a question at that moment, and
tells how long its answer took: a table in Markdown, of N runs each (3).
`;

/** Longer than anything that is waited for here. */
const PATIENCE_MS = 240_000;

type Strike = (discord: StandIn, place: Channel, bot: StormBot) => void;

const posts = ({ id }: Channel) => new RegExp(`^POST /channels/${id}/messages$`);

const FAULTS: readonly (readonly [row: number, name: string, strike: Strike])[] = [
  [0, 'none', () => undefined],
  [1, 'TCP drop', ({ faults }) => faults.dropSocket()],
  [2, 'op 7', ({ faults }) => faults.reconnect()],
  [3, 'op 9, the session is gone', ({ faults }) => faults.invalidSession(false)],
  [4, 'ACKs stop (a heartbeat every 41 s)', ({ faults }) => faults.stopAcks()],
  [5, 'RESUME never answered', (discord) => ignoreResume(discord)],
  [8, 'refused after HELLO, ten times', (discord) => refuse(discord, 10)],
  [10, 'Discord restarts without memory', ({ faults }) => faults.forget()],
  [11, 'one 401', ({ faults }, place) => faults.onRest(posts(place), { status: 401 })],
  [
    12,
    '502 after the message was stored',
    ({ faults }, place) => faults.onRest(posts(place), 'store-then-502'),
  ],
  [13, '503, three times', ({ faults }, place) => faults.onRest(posts(place), { status: 503 }, 3)],
  [14, 'a request hangs', ({ faults }, place) => faults.onRest(posts(place), 'hang')],
  [15, 'a connection is reset', ({ faults }, place) => faults.onRest(posts(place), 'reset')],
  [16, '429 for 2 s', ({ faults }, place) => faults.onRest(posts(place), { status: 429, retryAfterS: 2 })],
  [18, 'the bot is stopped for 5 s', (_discord, _place, bot) => bot.hold(5000)],
  [23, '200 with HTML', ({ faults }, place) => faults.onRest(posts(place), 'html')],
  [26, "the model's process is killed", (_discord, _place, bot) => bot.killModel()],
];

function ignoreResume({ faults, gateway, until }: StandIn): void {
  const { identifies } = gateway.counts;
  faults.ignoreResume = true;
  faults.dropSocket();
  void until(() => gateway.counts.identifies > identifies, 'a login', PATIENCE_MS).then(() => {
    faults.ignoreResume = false;
  });
}

function refuse({ faults, gateway, until }: StandIn, times: number): void {
  const { connections } = gateway.counts;
  faults.refuseAfterHello = true;
  faults.dropSocket();
  void until(() => gateway.counts.connections >= connections + times, 'connections', PATIENCE_MS).then(() => {
    faults.refuseAfterHello = false;
  });
}

/** @returns seconds from the fault to the answer, of a bot that has had no other: what is lost often is waited for longer */
async function recover(strike: Strike, turn: number, indexFolder: string): Promise<number> {
  const discord = await startStandIn();
  const reader = discord.user();
  const place = discord.channel(discord.guild({ members: [reader] }));
  const bot = new StormBot(discord, indexFolder, TIMINGS);
  await bot.ready();
  const answered = async (question: string) => {
    const asked = performance.now();
    const { id } = discord.say(reader, place, `${discord.mention} ${question}`);
    const reply = () => discord.messagesIn(place).some(({ referenced_message: asking }) => asking?.id === id);
    await discord.until(reply, 'an answer', PATIENCE_MS);
    return (performance.now() - asked) / 1000;
  };
  await answered('What was the result of the vote?');
  strike(discord, place, bot);
  const seconds = await answered(phrased('What will the roof cost?', turn));
  await bot.stop();
  await discord.close();
  return seconds;
}

async function measure(runs: number, rows: readonly number[], indexFolder: string): Promise<void> {
  process.stdout.write('| row | fault | median s | worst s |\n|---|---|---|---|\n');
  for (const [row, name, strike] of FAULTS.filter((fault) => rows.length === 0 || rows.includes(fault[0]))) {
    const seconds: number[] = [];
    for (let run = 0; run < runs; run++) seconds.push(await recover(strike, run, indexFolder));
    seconds.sort((a, b) => a - b);
    const [median = 0, worst = 0] = [seconds[Math.floor(runs / 2)], seconds.at(-1)];
    process.stdout.write(`| ${row || '–'} | ${name} | ${median.toFixed(1)} | ${worst.toFixed(1)} |\n`);
  }
}

function readArguments(): { readonly runs: number; readonly rows: number[] } | null {
  try {
    const options = { runs: { type: 'string', default: '3' }, rows: { type: 'string' } } as const;
    const { runs, rows = '' } = parseArgs({ options }).values;
    const numbers = rows === '' ? [] : rows.split(',').map(Number);
    return Number(runs) >= 1 && !numbers.some(Number.isNaN) ? { runs: Number(runs), rows: numbers } : null;
  } catch {
    return null;
  }
}

const wanted = readArguments();
if (wanted === null) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  const indexFolder = await mkdtemp(path.join(tmpdir(), 'liaison-recovery-'));
  const args = ['--import', 'tsx', 'src/terminal/embed.ts', '--seeds', SEEDS, '--index', indexFolder];
  await promisify(execFile)(process.execPath, args, { cwd: PROJECT });
  await measure(wanted.runs, wanted.rows, indexFolder).finally(() => rm(indexFolder, { recursive: true }));
}
