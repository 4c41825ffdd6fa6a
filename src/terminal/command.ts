import { createHash, randomUUID } from 'node:crypto';
import path from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { LibraryOptions } from '../answering/library.ts';
import { type Config, readConfig } from '../config.ts';
import { OperatorError } from '../operator-error.ts';
import { SeedError } from '../seeds/seed-error.ts';
import { createProgress } from './progress.ts';
import { inert } from './wrap.ts';

/** The command line was called in a way that it does not know. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const EXIT_MISTAKE = 1;
const EXIT_USAGE = 2;
/** `EX_SOFTWARE` of sysexits.h. */
const EXIT_BUG = 70;
const EXIT_INTERRUPTED = 130;

const SHARED_OPTIONS = {
  seeds: { type: 'string' },
  index: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;
const SHARED_USAGE = `  --seeds DIR   folder with the articles; seeds/ by default
  --index DIR   folder for the index; embeddings/ by default
  --help        this text`;

type Options = NonNullable<ParseArgsConfig['options']>;
type Flags<Own extends Options> = ReturnType<
  typeof parseArgs<{ options: Own & typeof SHARED_OPTIONS }>
>['values'];

/** How a command is called. */
export interface Command<Own extends Options> {
  /** What it does and its own options; those that all commands have are added. */
  readonly usage: string;
  readonly options: Own;
  /** Whether words may follow the options. */
  readonly words: boolean;
}

/** What a command was called with, and where things are. */
export interface Call<Own extends Options> {
  readonly flags: Flags<Own>;
  readonly words: readonly string[];
  readonly library: LibraryOptions;
  readonly config: Config;
  /** Leaves SIGINT to `main`, which has something to finish; else the process ends at once. */
  readonly takeInterrupts: () => void;
}

/**
 * Runs a command as this process: exit status 0 when it ends, 1 for an operator's mistake, 2 for wrong usage, 70 for
 * a bug, 130 when interrupted. Packages with native parts are best imported within `main`: one that does not load is
 * then told in one line.
 */
export async function runCommand<const Own extends Options>(
  command: Command<Own>,
  main: (call: Call<Own>) => Promise<void>,
): Promise<void> {
  const progress = createProgress(process.stderr);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  const interrupt = () => {
    progress.stop();
    process.stderr.write('stopped; the index is as it was\n');
    process.exit(EXIT_INTERRUPTED);
  };
  process.once('SIGINT', interrupt);
  try {
    const { flags, words } = parse(command);
    if (flags.help === true) {
      process.stdout.write(`${command.usage}\n${SHARED_USAGE}\n`);
      return;
    }
    const config = readConfig();
    const library = { ...placesOf(flags, config), report: progress.report };
    await main({ flags, words, config, library, takeInterrupts: () => process.off('SIGINT', interrupt) });
  } catch (error) {
    progress.stop();
    process.exitCode = explain(error, command.usage);
  } finally {
    progress.stop();
  }
}

/**
 * Runs a check of what the operator gave.
 * @throws {OperatorError} in place of the check's `RangeError`
 */
export function checked(check: () => string): string {
  try {
    return check();
  } catch (cause) {
    if (cause instanceof RangeError) throw new OperatorError(cause.message, { cause });
    throw cause;
  }
}

/** The one-line messages of an operator's mistake, or null for anything else. */
export function mistakeOf(error: unknown): string | null {
  if (!(error instanceof OperatorError || error instanceof SeedError)) return null;
  return error.message.split('\n').map(inert).join('\n');
}

function parse<const Own extends Options>({ options, words }: Command<Own>) {
  let parsed: { values: object; positionals: string[] };
  try {
    parsed = parseArgs({ options: { ...options, ...SHARED_OPTIONS }, allowPositionals: true });
  } catch (cause) {
    throw new UsageError((cause as Error).message.split('. ')[0] ?? '', { cause });
  }
  const { values, positionals } = parsed;
  const empty = Object.entries(values).find(([, value]) => value === '');
  if (empty !== undefined) throw new UsageError(`--${empty[0]} needs a value`);
  if (!words && positionals.length > 0) throw new UsageError(`what is "${positionals[0]}"? no words go here`);
  return {
    flags: values as Flags<Own> & { seeds?: string; index?: string; help?: boolean },
    words: positionals,
  };
}

/** Other seeds than the project's own have their own index: a look at them leaves the bot's as it is. */
function placesOf(flags: { seeds?: string; index?: string }, config: Config): Omit<LibraryOptions, 'report'> {
  const { calledFrom, modelsFolder, questionsFolder, model } = config;
  const seedsFolder = flags.seeds === undefined ? config.seedsFolder : path.resolve(calledFrom, flags.seeds);
  const own =
    seedsFolder === config.seedsFolder
      ? config.indexFolder
      : path.join(config.indexFolder, 'other-seeds', digestOf(seedsFolder));
  const indexFolder = flags.index === undefined ? own : path.resolve(calledFrom, flags.index);
  return { seedsFolder, indexFolder, modelsFolder, questionsFolder, model };
}

function digestOf(folder: string): string {
  return createHash('sha256').update(folder).digest('hex').slice(0, 12);
}

function explain(error: unknown, usage: string): number {
  if (error instanceof UsageError) {
    process.stderr.write(`${inert(error.message)}\n${usage}\n${SHARED_USAGE}\n`);
    return EXIT_USAGE;
  }
  const mistake = mistakeOf(error) ?? brokenPackage(error);
  if (mistake !== null) {
    process.stderr.write(`${mistake}\n`);
    return EXIT_MISTAKE;
  }
  const id = randomUUID().slice(0, 8);
  const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`This is a bug in liaison (${id}); please report it with what follows.\n${cause}\n`);
  return EXIT_BUG;
}

function brokenPackage(error: unknown): string | null {
  if (!(error instanceof Error && 'code' in error)) return null;
  const codes: unknown[] = ['ERR_DLOPEN_FAILED', 'MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'];
  if (!codes.includes(error.code)) return null;
  return `a package does not load (${inert(error.message.split('\n')[0] ?? '')}); run: npm ci, then: npm run doctor`;
}
