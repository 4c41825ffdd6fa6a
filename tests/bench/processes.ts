import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Runs a script in a process of its own.
 * @returns the last line of its output, parsed, and the milliseconds from the start to its first output
 * @throws {Error} with what it wrote to stderr, when it fails
 */
export async function runScript(
  script: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly loader?: boolean } = {},
): Promise<{ readonly result: unknown; readonly firstOutputMs: number }> {
  const loader = options.loader === false ? [] : ['--import', 'tsx'];
  const started = performance.now();
  const child = spawn(process.execPath, [...loader, '--expose-gc', path.resolve(PROJECT, script), ...args], {
    cwd: options.cwd ?? PROJECT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let firstOutputMs = Number.NaN;
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => {
    if (output === '') firstOutputMs = performance.now() - started;
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const status = await new Promise((resolve) => child.once('close', resolve));
  if (status !== 0) throw new Error(`${script} ended with ${status}:\n${errors.slice(-2000)}`);
  return { result: JSON.parse(output.trimEnd().split('\n').at(-1) ?? ''), firstOutputMs };
}

/**
 * Resident memory of processes in MiB, NaN where the system does not say. `mb` counts a page that several processes share
 * (Node.js itself is one file) in equal parts, `rssMb` whole for each.
 */
export function memoryOf(...pids: readonly (number | undefined)[]): {
  readonly mb: number;
  readonly rssMb: number;
} {
  const sum = (name: string) => pids.reduce<number>((all, pid) => all + megabytes(pid, name), 0);
  return { mb: sum('Pss'), rssMb: sum('Rss') };
}

function megabytes(pid: number | undefined, name: string): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(rollup)?.[1]) / 1024;
  } catch {
    return pid === process.pid ? process.memoryUsage.rss() / 2 ** 20 : Number.NaN;
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
  readonly p50: number;
  readonly p95: number;
  readonly runs: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), runs: values.length };
}
