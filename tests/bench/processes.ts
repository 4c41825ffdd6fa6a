import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { cpus } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const MARK = '· ';
/** How long the machine is looked at before something is measured. */
const LOOK_MS = 300;

export interface HowToRun {
  readonly cwd?: string;
  /** Takes the lines that the script writes to stderr after a mark: a package may write there too. */
  readonly report?: (line: string) => void;
  /** It is ended after so long. */
  readonly budgetSeconds?: number;
}

/**
 * Runs a script in a process of its own.
 * @returns the last line of its output, parsed
 * @throws {Error} in one line, when it fails or takes too long: the last error, or the last that it reported
 */
export async function runScript(
  script: string,
  args: readonly string[],
  how: HowToRun = {},
): Promise<unknown> {
  const loader = script.endsWith('.ts') ? ['--import', 'tsx'] : [];
  const child = spawn(process.execPath, [...loader, '--expose-gc', path.resolve(PROJECT, script), ...args], {
    cwd: how.cwd ?? PROJECT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { budgetSeconds } = how;
  let isOver = false;
  const end = () => {
    isOver = true;
    child.kill('SIGKILL');
  };
  const timer = budgetSeconds === undefined ? undefined : setTimeout(end, 1000 * budgetSeconds);
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk;
    for (const line of String(chunk).split('\n'))
      if (line.startsWith(MARK)) how.report?.(line.slice(MARK.length));
  });
  const status = await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  if (status === 0) return JSON.parse(output.trimEnd().split('\n').at(-1) ?? '');
  const lines = errors.trimEnd().split('\n');
  if (isOver) throw new Error(`not done within ${budgetSeconds} s (${lines.at(-1)?.replace(MARK, '')})`);
  throw new Error(
    lines.find((line) => /^(\w*Error|FATAL ERROR)\b/.test(line))?.replace(/^Error: /, '') ??
      `${script} ended with ${status}: ${lines.at(-1)}`,
  );
}

/**
 * Runs a command as a user does, without a bot's token.
 * @param input is written to it at once
 * @returns milliseconds from its start until its output has what is wanted
 * @throws {Error} when it ends without
 */
export async function outputMs(
  [command = '', ...args]: readonly string[],
  input: string,
  wanted: RegExp,
): Promise<number> {
  const started = performance.now();
  const child = spawn(command, args, { cwd: PROJECT, env: { ...process.env, DISCORD_TOKEN: '' } });
  child.stdin.end(input);
  let output = '';
  let errors = '';
  let found = Number.NaN;
  child.stdout.on('data', (chunk) => {
    output += chunk;
    if (Number.isNaN(found) && wanted.test(output)) found = performance.now() - started;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  await new Promise((resolve) => child.once('close', resolve).once('error', resolve));
  if (Number.isNaN(found)) throw new Error(`${command} ${args.join(' ')}: no answer\n${output}${errors}`);
  return found;
}

/** Resident memory in MB. */
export interface Memory {
  /** A page that several processes share (Node.js itself is one file) counted for each. */
  readonly rssMb: number;
  /** Such a page counted in equal parts. */
  readonly pssMb: number;
}

/** Of a process and those that it started; NaN where the system does not say. */
export function memoryOf({ pid }: Pick<ChildProcess, 'pid'>): Memory {
  const tree = [pid, ...childrenOf(pid)];
  const sum = (name: string) => tree.reduce<number>((all, one) => all + megabytes(one, name), 0);
  return { rssMb: sum('Rss'), pssMb: sum('Pss') };
}

function childrenOf(pid: number | undefined): number[] {
  try {
    const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return listed
      .split(' ')
      .flatMap((child) => (child === '' ? [] : [Number(child), ...childrenOf(Number(child))]));
  } catch {
    return [];
  }
}

function megabytes(pid: number | undefined, name: string): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return (Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(rollup)?.[1]) * 1024) / 1e6;
  } catch {
    return Number.NaN;
  }
}

/** Clock ticks a second of `/proc/PID/stat`, on every Linux that Node.js runs on. */
const TICKS_PER_SECOND = 100;

/** Milliseconds of processor time that a process has taken so far, by itself; NaN where the system does not say. */
export function processorMs(pid: number | undefined): number {
  try {
    // After the name, which may hold anything but ends with the last bracket: fields 14 and 15 are user's and system's.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
  } catch {
    return Number.NaN;
  }
}

/** Share of the machine's processors that others use while nothing is measured. */
export async function busyShare(): Promise<number> {
  const ticks = () =>
    cpus().reduce(
      (sum, { times }) => ({
        idle: sum.idle + times.idle,
        all: sum.all + Object.values(times).reduce((a, b) => a + b, 0),
      }),
      { idle: 0, all: 0 },
    );
  const before = ticks();
  await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  const after = ticks();
  return 1 - (after.idle - before.idle) / Math.max(1, after.all - before.all);
}

/** Bytes of a folder's files, those of its folders included. */
export async function bytesOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => (await stat(path.join(entry.parentPath, entry.name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Milliseconds, or whatever else was measured many times. */
export interface Spread {
  readonly p5: number;
  readonly p50: number;
  readonly p95: number;
  readonly runs: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
  return { p5: at(0.05), p50: at(0.5), p95: at(0.95), runs: values.length };
}
