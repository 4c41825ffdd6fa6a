import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { type BotProcess, startBotProcess } from './bot-process.ts';
import { Crowd, KINDS, type Kind } from './load/crowd.ts';
import { type Figures, figuresOf, type MemoryAt, show } from './load/figures.ts';
import { Watch } from './load/watch.ts';
import { startStandIn } from './stand-in/stand-in.ts';

const USAGE = `usage: npm run load -- [--questions N] [--in-flight N] [--kind mention|dm|ask|mixed] [--json]

Starts the bot as a user does, with a Discord on loopback, asks it N questions (1000) so many at a time (50), and
tells how long the first visible response and the reply took, what was lost or answered twice, and the bot's memory.
`;

/** Asked before anything is measured: the first questions load and compile. */
const WARM_UP_QUESTIONS = 100;
/** Discord counts requests by the second: what was asked to warm up is over after two. */
const AT_REST_MS = 2000;
const TENTHS = 10;

async function measure(questions: number, inFlight: number, kinds: readonly Kind[]): Promise<Figures> {
  const discord = await startStandIn();
  const crowd = new Crowd(discord, kinds);
  const healthPort = await freePort();
  const bot = await startBotProcess(discord, { env: { HEALTH_PORT: String(healthPort), LOG_LEVEL: 'warn' } });
  try {
    await ready(healthPort, bot);
    await discord.until(() => discord.world.commands.size > 0, 'the commands');
    const watch = new Watch(discord);
    await watch.run(WARM_UP_QUESTIONS, inFlight, () => crowd.ask());
    watch.forget();
    await new Promise((resolve) => setTimeout(resolve, AT_REST_MS));
    const memory: Promise<MemoryAt>[] = [];
    const started = performance.now();
    await watch.run(
      questions,
      inFlight,
      () => crowd.ask(),
      (done) => {
        if (done >= (questions * memory.length) / TENTHS) memory.push(memoryOf(healthPort, done));
      },
    );
    const seconds = (performance.now() - started) / 1000;
    const violations = discord.violations.map(({ message }) => message);
    const loggedMessages = bot.log.map(({ msg }) => msg);
    const run = { inFlight, seconds, memory: await Promise.all(memory), violations, loggedMessages };
    return figuresOf(watch.questions, run);
  } finally {
    await bot.stop();
    await discord.close();
  }
}

/** The log is too quiet to say it. */
async function ready(port: number, bot: BotProcess): Promise<void> {
  while (bot.process.exitCode === null) {
    const { ok } = await fetch(`http://127.0.0.1:${port}/ready`).catch(() => ({ ok: false }));
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`the bot ended: ${(await bot.ended()).stderr}`);
}

/** As the bot itself tells it. */
async function memoryOf(port: number, done: number): Promise<MemoryAt> {
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const megabytes = (name: string) =>
    Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1] ?? Number.NaN) / 2 ** 20;
  return {
    done,
    rssMb: megabytes('process_resident_memory_bytes'),
    heapMb: megabytes('nodejs_heap_size_used_bytes'),
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

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
  const figures = await measure(questions, inFlight, kinds);
  process.stdout.write(values.json ? `${JSON.stringify(figures, null, 1)}\n` : show(figures));
  if (figures.lost + figures.twice + figures.violations.length > 0) process.exitCode = 1;
}
