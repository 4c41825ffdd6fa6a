import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BotProcess, startBotProcess } from '../bot-process.ts';
import { startStandIn } from '../stand-in/stand-in.ts';
import { Crowd, type Kind } from './crowd.ts';
import { type Figures, figuresOf, type MemoryAt } from './figures.ts';
import { Watch } from './watch.ts';

/** Asked before anything is measured: the first questions load and compile. */
const WARM_UP_QUESTIONS = 100;
/** Discord counts requests by the second: what was asked to warm up is over after two. */
const AT_REST_MS = 2000;
export const TENTHS = 10;

export interface LoadOptions {
  readonly questions: number;
  /** At a time. */
  readonly inFlight: number;
  readonly kinds: readonly Kind[];
  /** Asked one after the other; of the tests' articles when undefined. */
  readonly texts?: readonly string[];
  readonly warmUp?: number;
  readonly seeds?: string;
  readonly indexFolder?: string;
  /** Sees the bot's process before it is stopped. */
  readonly atTheEnd?: (process: BotProcess['process']) => void;
}

/** Starts the bot as a user does, with a Discord on loopback, and asks it questions. */
export async function measureBot(options: LoadOptions): Promise<Figures> {
  const { questions, inFlight, kinds, seeds, indexFolder } = options;
  const discord = await startStandIn();
  const crowd = new Crowd(discord, kinds, options.texts);
  const healthPort = await freePort();
  const bot = await startBotProcess(discord, {
    env: { HEALTH_PORT: String(healthPort), LOG_LEVEL: 'warn' },
    ...(seeds === undefined ? {} : { seeds }),
    ...(indexFolder === undefined ? {} : { indexFolder }),
  });
  try {
    await ready(healthPort, bot);
    await discord.until(() => discord.world.commands.size > 0, 'the commands');
    const watch = new Watch(discord);
    await watch.run(options.warmUp ?? WARM_UP_QUESTIONS, inFlight, () => crowd.ask());
    watch.forget();
    await new Promise((resolve) => setTimeout(resolve, AT_REST_MS));
    const memory: Promise<MemoryAt[]>[] = [];
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
    options.atTheEnd?.(bot.process);
    const violations = discord.violations.map(({ message }) => message);
    const loggedMessages = bot.log.map(({ msg }) => msg);
    const run = { inFlight, seconds, memory: (await Promise.all(memory)).flat(), violations, loggedMessages };
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

/** As the bot itself tells it; nothing from one that is held up. */
async function memoryOf(port: number, done: number): Promise<MemoryAt[]> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`).catch(() => null);
  if (response === null) return [];
  const metrics = await response.text();
  const megabytes = (name: string) =>
    Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1] ?? Number.NaN) / 2 ** 20;
  const rssMb = megabytes('process_resident_memory_bytes');
  return [{ done, rssMb, heapMb: megabytes('nodejs_heap_size_used_bytes') }];
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
