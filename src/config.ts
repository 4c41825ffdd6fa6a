import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadEnvFile } from 'node:process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { DEFAULT_MODEL } from './embedding/model-files.ts';
import { OperatorError } from './operator-error.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

const shape = z.object({
  DISCORD_TOKEN: z.string().min(1).optional(),
  EMBEDDING_MODEL: z.string().min(1).default(DEFAULT_MODEL),
});

/** What the operator set, and where things are. */
export interface Config {
  readonly discordToken: string | undefined;
  readonly model: string;
  readonly seedsFolder: string;
  readonly indexFolder: string;
  readonly modelsFolder: string;
  /** Folder that relative names on the command line count from. */
  readonly calledFrom: string;
}

/**
 * Reads the environment, once, with `.env` beside package.json under it.
 * @throws {OperatorError} naming every variable that is wrong; values are not repeated
 */
export function readConfig(): Config {
  const file = path.join(PROJECT, '.env');
  if (existsSync(file)) loadEnvFile(file);
  const set = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
  const { data, error } = shape.safeParse(set);
  if (error !== undefined) {
    const wrong = error.issues.map((issue) => `${issue.path.join('.')} (${issue.message})`).join(', ');
    throw new OperatorError(`settings: ${wrong}; mend .env, see .env.example`);
  }
  return {
    discordToken: data.DISCORD_TOKEN,
    model: data.EMBEDDING_MODEL,
    seedsFolder: path.join(PROJECT, 'seeds'),
    indexFolder: path.join(PROJECT, 'embeddings'),
    modelsFolder: path.join(PROJECT, 'embeddings', 'models'),
    calledFrom: process.env.INIT_CWD ?? process.cwd(),
  };
}
