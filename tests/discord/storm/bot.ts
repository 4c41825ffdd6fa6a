import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { TIMINGS, type Timings } from '../../../src/discord/timings.ts';
import { PROJECT, SEEDS } from '../bot-process.ts';
import type { StandIn } from '../stand-in/stand-in.ts';
import type { Figures, Start, Told } from './bot-child.ts';

const ENTRY = fileURLToPath(new URL('./bot-child.ts', import.meta.url));

/** The bot's own waits, a tenth to a thirtieth of what they are: a storm of hours in minutes. */
const SQUALLS: Timings = {
  ...TIMINGS,
  attemptMs: 1500,
  callbackAttemptMs: 600,
  retryWaitsMs: [50, 200, 500, 1000, 1000, 2000],
  deafMs: 3000,
  lookMs: 100,
  firstLoginWaitMs: 100,
  longestLoginWaitMs: 1000,
  // Each line is looked at.
  sameLineMs: 0,
};

/** The bot in a process of its own, which tells more of itself than a bot otherwise would. */
export class StormBot {
  readonly process: ChildProcess;
  /** Lines of its log by their words. */
  readonly lines = new Map<string, number>();
  /** Ids of what it heard of, of what it logged to have failed, and of whom it could not tell. */
  readonly arrived = new Set<string>();
  readonly failed = new Set<string>();
  readonly untold = new Set<string>();
  readonly shut = new Set<string>();
  readonly warnings: string[] = [];
  stderr = '';
  readonly #discord: StandIn;
  readonly #waiting: ((figures: Figures) => void)[] = [];

  constructor(discord: StandIn, indexFolder: string, timings: Timings = SQUALLS) {
    this.#discord = discord;
    this.process = fork(ENTRY, [], {
      cwd: PROJECT,
      execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning', '--import', 'tsx'],
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    });
    this.process.stderr?.on('data', (chunk) => {
      this.stderr += chunk;
    });
    this.process.on('message', (told: Told) => this.#hear(told));
    const start: Start = {
      token: discord.token,
      apiUrl: discord.apiUrl,
      seedsFolder: SEEDS,
      indexFolder,
      timings,
    };
    this.process.send(start);
  }

  async ready(): Promise<void> {
    await this.#discord.until(
      () => this.lines.has('ready') || this.process.exitCode !== null,
      'the bot',
      120_000,
    );
  }

  figures(): Promise<Figures> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.process.send('figures');
    });
  }

  /** Ends the process that holds its model, as by `kill -9`. */
  killModel(): void {
    const processes = execFileSync('ps', ['-A', '-o', 'ppid=,pid=,args='], { encoding: 'utf8' });
    for (const line of processes.split('\n')) {
      const [parent, pid, ...args] = line.trim().split(/\s+/);
      const own = Number(parent) === this.process.pid && args.join(' ').includes('model-child');
      if (own) process.kill(Number(pid), 'SIGKILL');
    }
  }

  /** Stops its process for `ms` milliseconds, as a laptop that sleeps does, or a machine that has too much to do. */
  hold(ms: number): void {
    this.process.kill('SIGSTOP');
    setTimeout(() => this.process.kill('SIGCONT'), ms);
  }

  /** @returns the exit status */
  async stop(): Promise<number | null> {
    if (this.process.exitCode === null) {
      const exit = once(this.process, 'exit');
      this.process.send('stop');
      await exit;
    }
    return this.process.exitCode;
  }

  #hear(told: Told): void {
    if ('warning' in told) this.warnings.push(told.warning);
    else if ('figures' in told) this.#waiting.shift()?.(told.figures);
    else this.#note(told.line);
    this.#discord.gateway.tell();
  }

  #note({ msg, id = '', err }: Extract<Told, { line: unknown }>['line']): void {
    const line = err === undefined ? msg : `${msg}: ${err.message}`;
    this.lines.set(line, (this.lines.get(line) ?? 0) + 1);
    if (msg === 'arrived') this.arrived.add(id);
    if (msg === 'a reaction failed') this.failed.add(id);
    if (msg === 'the failure could not be told') this.untold.add(id);
    if (msg === 'the place is gone or shut; not answered') this.shut.add(id);
  }
}
