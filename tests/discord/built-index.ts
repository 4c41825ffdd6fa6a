import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rename } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import { PROJECT, SEEDS } from './bot-process.ts';

/**
 * A folder with an index over `SEEDS`, for whoever asks alone. It is built by the first who does in a run of the
 * tests, and copied for each: a bot that finds it starts in a third of the time.
 */
export async function builtIndex(): Promise<string> {
  const runFolder = inject('runFolder');
  const built = path.join(runFolder, 'index');
  if (!existsSync(built)) await build(built);
  const copy = await mkdtemp(path.join(runFolder, 'index-'));
  await cp(built, copy, { recursive: true });
  return copy;
}

/** Two files of tests may do so at once; what is done first is taken. */
async function build(built: string): Promise<void> {
  const beside = await mkdtemp(`${built}-`);
  const args = ['--import', 'tsx', 'src/terminal/embed.ts', '--seeds', SEEDS, '--index', beside];
  await promisify(execFile)(process.execPath, args, { cwd: PROJECT });
  await rename(beside, built).catch((error: unknown) => {
    if (!existsSync(built)) throw error;
  });
}
