import { existsSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { loadEnvFile } from 'node:process';
import { fileURLToPath } from 'node:url';
import { diffChars } from 'diff';
import { distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { DEFAULT_MODEL, isWritten } from './embedding/model-files.ts';
import { OperatorError } from './operator-error.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const MAX_PORT = 65_535;
/** What the processes of shards find in `SHARDING_MANAGER`; discord.js sets it, and their number in `SHARDS`. */
const IN_SHARD = 'true';
/** Letters added and removed that make a name a misspelling of ours and not somebody else's. */
const MISSPELT_BY = 3;

/** What Node, onnxruntime and a download from the hub may need; Discord's token is not among it. */
const PASSED_ON = [
  ...['PATH', 'HOME', 'LANG', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'LD_LIBRARY_PATH'],
  ...['NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS', 'UV_THREADPOOL_SIZE', 'OMP_NUM_THREADS'],
  ...['HF_TOKEN', 'HF_ACCESS_TOKEN'],
];

/** Messages say what is expected and never repeat a value: one of them is a secret. */
const snowflakes = z
  .string()
  .regex(
    /^\d{17,20}(?:[,\s]+\d{17,20}){0,199}$/,
    'must be Discord ids of 17 to 20 digits, separated by commas',
  )
  .transform((ids) => ids.split(/[,\s]+/))
  .default([]);

/** `https://`, or `http://` on this machine, for tests. */
const WEB_PLACE = /^(?:https:\/\/[^\s/,@]+|http:\/\/127\.0\.0\.1:\d{1,5})\/\S*$/;
const webPlaces = z
  .string()
  .transform((places) => places.split(/[,\s]+/).filter((place) => place !== ''))
  .refine(
    (places) => places.every((place) => WEB_PLACE.test(place) && URL.canParse(place)),
    'must be beginnings of https:// addresses, with a / behind the host, separated by commas',
  )
  .default([]);

const shape = z.object({
  DISCORD_TOKEN: z
    .string()
    .regex(/^[\w.-]{1,200}$/, 'must be the token alone, without "Bot" or quotation marks')
    .optional(),
  DISCORD_API_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' })
    .optional(),
  EMBEDDING_MODEL: z.string().max(1000, 'must be a folder or a hub id').default(DEFAULT_MODEL),
  HEALTH_PORT: z
    .string()
    .regex(/^\d{1,5}$/, `must be a port, 1 to ${MAX_PORT}`)
    .transform(Number)
    .refine((port) => port >= 1 && port <= MAX_PORT, `must be a port, 1 to ${MAX_PORT}`)
    .optional(),
  SEED_URLS: webPlaces,
  WATCH_SEEDS: z
    .enum(['0', '1'], { error: 'must be 1 or 0' })
    .default('0')
    .transform((given) => given === '1'),
  ADMIN_ROLE_IDS: snowflakes,
  ADMIN_USER_IDS: snowflakes,
  SHARDS: z
    .string()
    .regex(/^(?:auto|[1-9]\d{0,3})$/, 'must be auto, or a number of shards, 1 to 9999')
    .transform((shards) => (shards === 'auto' ? shards : Number(shards)))
    .optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).default('info'),
});

/** Which part of the bot's servers a process has: those whose `(id >> 22) % count` is `index`. */
export interface ShardPlace {
  /** From 0. */
  readonly index: number;
  readonly count: number;
}

/** What the operator set, and where things are. Folders are absolute. */
export interface Config {
  readonly discordToken: string | undefined;
  /** Undefined for Discord's own. */
  readonly discordApiUrl: string | undefined;
  /** The name of a model that is written here, an absolute folder, or a hub id. */
  readonly model: string;
  /** Where the bot answers health checks; undefined for nowhere. */
  readonly healthPort: number | undefined;
  /** Beginnings of the addresses that articles may be fetched from. */
  readonly seedUrls: readonly string[];
  /** Whether the bot takes up changes of the articles on disk by itself. */
  readonly watchSeeds: boolean;
  /** Who may use the operator's commands beside those whom Discord lets. */
  readonly adminRoleIds: readonly string[];
  readonly adminUserIds: readonly string[];
  /** Into how many processes the bot's servers are divided; undefined for one that has all of them. */
  readonly shards: number | 'auto' | undefined;
  /** Which of them this process is; null where it is none. */
  readonly shard: ShardPlace | null;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly seedsFolder: string;
  readonly indexFolder: string;
  readonly modelsFolder: string;
  /** Questions that come with the project's own article. */
  readonly questionsFolder: string;
  /** What the process that holds the model is given of the environment: nothing that is secret. */
  readonly modelEnvironment: Readonly<Record<string, string>>;
  /** Folder that relative names on the command line count from. */
  readonly calledFrom: string;
}

/**
 * Reads all settings at once; an empty value counts as none.
 * @param env by default the environment, with `.env` beside package.json under it
 * @throws {OperatorError} one line that names every wrong value and every misspelt name
 */
export function readConfig(env: NodeJS.ProcessEnv = environment()): Config {
  const shard = shardOf(env);
  const set: Record<string, string> = {};
  for (const [name, value = ''] of Object.entries(env)) if (value.trim() !== '') set[name] = value.trim();
  if (shard !== null) delete set.SHARDS;
  const { data, error } = shape.safeParse(set);
  const wrong = [
    ...misspelt(Object.keys(set)),
    ...(error?.issues ?? []).map(({ path: [name], message }) => `${String(name)} ${message}`),
  ];
  if (data === undefined || wrong.length > 0) {
    throw new OperatorError(`settings: ${wrong.join('; ')}. Mend .env or the environment; see .env.example`);
  }
  return {
    discordToken: data.DISCORD_TOKEN,
    discordApiUrl: data.DISCORD_API_URL,
    model: modelOf(data.EMBEDDING_MODEL),
    healthPort: data.HEALTH_PORT,
    seedUrls: data.SEED_URLS,
    watchSeeds: data.WATCH_SEEDS,
    adminRoleIds: data.ADMIN_ROLE_IDS,
    adminUserIds: data.ADMIN_USER_IDS,
    shards: data.SHARDS,
    shard,
    logLevel: data.LOG_LEVEL,
    seedsFolder: path.join(PROJECT, 'seeds'),
    indexFolder: path.join(PROJECT, 'embeddings'),
    modelsFolder: path.join(PROJECT, 'embeddings', 'models'),
    questionsFolder: path.join(PROJECT, 'tests', 'questions'),
    modelEnvironment: modelEnvironment(env),
    calledFrom: calledFrom(env.INIT_CWD),
  };
}

function modelEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    PASSED_ON.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])),
  );
}

/** discord.js tells a shard's process by these names which one it is. */
function shardOf({ SHARDING_MANAGER, SHARDS, SHARD_COUNT }: NodeJS.ProcessEnv): ShardPlace | null {
  return SHARDING_MANAGER === IN_SHARD ? { index: Number(SHARDS), count: Number(SHARD_COUNT) } : null;
}

function environment(): NodeJS.ProcessEnv {
  const file = path.join(PROJECT, '.env');
  if (!existsSync(file)) return process.env;
  try {
    loadEnvFile(file);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new OperatorError(`settings: .env cannot be read (${code}); mend or remove it`, { cause });
  }
  return process.env;
}

/** Names that nobody else uses and that differ from ours by a slip: a token under one would go unseen. */
function misspelt(names: readonly string[]): string[] {
  const known = Object.keys(shape.shape);
  return names
    .filter((name) => !known.includes(name))
    .flatMap((name) => {
      const meant = known.find((other) => lettersBetween(name, other) <= MISSPELT_BY);
      return meant === undefined ? [] : [`${name} is no setting, ${meant} is`];
    });
}

function lettersBetween(name: string, other: string): number {
  // Letters changed count once there and twice here; and it is found much faster.
  if (distance(name.toUpperCase(), other) > MISSPELT_BY) return Number.POSITIVE_INFINITY;
  const changes = diffChars(name.toUpperCase(), other, { maxEditLength: MISSPELT_BY });
  if (changes === undefined) return Number.POSITIVE_INFINITY;
  return changes.reduce((sum, { added, removed, count }) => sum + (added || removed ? count : 0), 0);
}

/** A folder counts from the project, wherever a command is called. */
function modelOf(name: string): string {
  const folder = path.resolve(PROJECT, name);
  if (isWritten(name)) return name;
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() || /^[./]/.test(name) ? folder : name;
}

/** npm runs scripts in the project's folder and says in `INIT_CWD` where it was called itself. */
function calledFrom(npmCalledFrom: string | undefined): string {
  const here = process.cwd();
  const inProject = realpathSync(here) === realpathSync(PROJECT);
  return inProject && npmCalledFrom !== undefined ? npmCalledFrom : here;
}
