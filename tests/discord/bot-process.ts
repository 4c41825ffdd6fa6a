import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { StandIn } from './stand-in/stand-in.ts';

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
export const SEEDS = path.join(PROJECT, 'tests', 'questions', 'seeds');

/** The bot as a user starts it, with a Discord on loopback. */
export interface BotProcess {
  readonly process: ChildProcess;
  /** Messages of its log so far. */
  readonly log: readonly LogLine[];
  readonly indexFolder: string;
  /** Resolves with the first such log line of this message, now or later; rejects when the bot ends before. */
  logged(message: string, such?: (line: LogLine) => boolean): Promise<LogLine>;
  /** Sends SIGTERM and gives the exit status. */
  stop(): Promise<number | null>;
  /** Gives the exit status, and what was written to stderr. */
  ended(): Promise<{ readonly status: number | null; readonly stderr: string }>;
}

export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly [key: string]: unknown;
}

export interface BotOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** An index that another bot built; a fresh one otherwise, which goes when the bot ends. */
  readonly indexFolder?: string;
  readonly seeds?: string;
}

/** Starts the bot; await `logged('ready')` before talking to it. */
export async function startBotProcess(discord: StandIn, options: BotOptions = {}): Promise<BotProcess> {
  const own = options.indexFolder === undefined;
  const indexFolder = options.indexFolder ?? (await mkdtemp(path.join(tmpdir(), 'liaison-index-')));
  const places = ['--seeds', options.seeds ?? SEEDS, '--index', indexFolder];
  const child = spawn(process.execPath, ['src/launch.js', 'src/main.ts', ...places], {
    cwd: PROJECT,
    env: {
      ...process.env,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log: LogLine[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    log.push(JSON.parse(line) as LogLine);
    for (const look of [...waiting]) look();
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const closed = once(child, 'close').then(async () => {
    if (own) await rm(indexFolder, { recursive: true, force: true });
    for (const look of [...waiting]) look();
    return { status: child.exitCode, stderr };
  });
  const logged = (message: string, such: (line: LogLine) => boolean = () => true) =>
    new Promise<LogLine>((resolve, reject) => {
      const look = () => {
        const line = log.find((each) => each.msg === message && such(each));
        if (line === undefined && child.exitCode === null) return;
        waiting.delete(look);
        if (line !== undefined) resolve(line);
        else reject(new Error(`the bot ended with ${child.exitCode} before "${message}":\n${stderr}`));
      };
      waiting.add(look);
      look();
    });
  return {
    process: child,
    log,
    indexFolder,
    logged,
    ended: () => closed,
    async stop() {
      child.kill('SIGTERM');
      const { status } = await closed;
      return status;
    },
  };
}
