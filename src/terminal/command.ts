import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { LibraryOptions } from '../answering/library.ts';
import { type Config, readConfig } from '../config.ts';
import { OperatorError } from '../operator-error.ts';
import { createProgress } from './progress.ts';

/** The command line was called in a way that it does not know. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const FOLDER_OPTIONS = {
  seeds: { type: 'string' },
  index: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsConfig['options'];

/** What a command is called with: its own options, its words, and where things are. */
export interface Call {
  readonly flags: Readonly<Record<string, string | boolean | undefined>>;
  readonly words: readonly string[];
  readonly library: LibraryOptions;
  readonly config: Config;
}

/**
 * Runs a command: exit status 0 when it ends, 1 for an operator's mistake, 2 for wrong usage, 70 for a bug.
 * @param usage one line, shown for `--help` and wrong usage
 */
export async function runCommand(
  usage: string,
  options: NonNullable<ParseArgsConfig['options']>,
  main: (call: Call) => Promise<void>,
): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  const progress = createProgress(process.stderr);
  process.once('SIGINT', () => {
    progress.stop();
    process.stderr.write('stopped; nothing half-written is kept\n');
    process.exit(130);
  });
  try {
    const { values, positionals } = parse(options);
    if (values.help === true) {
      process.stdout.write(`${usage}\n`);
      return;
    }
    const config = readConfig();
    const folder = (name: 'seeds' | 'index', standard: string) => {
      const given = values[name];
      return typeof given === 'string' ? path.resolve(config.calledFrom, given) : standard;
    };
    const library = {
      seedsFolder: folder('seeds', config.seedsFolder),
      indexFolder: folder('index', config.indexFolder),
      modelsFolder: config.modelsFolder,
      model: config.model,
      report: progress.report,
    };
    await main({ flags: values, words: positionals, library, config });
  } catch (error) {
    process.exitCode = explain(error, usage);
  } finally {
    progress.stop();
  }
}

function parse(options: NonNullable<ParseArgsConfig['options']>) {
  try {
    const { values, positionals } = parseArgs({
      options: { ...FOLDER_OPTIONS, ...options },
      allowPositionals: true,
    });
    return { values: values as Call['flags'], positionals };
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

function explain(error: unknown, usage: string): number {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n${usage}\n`);
    return 2;
  }
  if (error instanceof OperatorError || error instanceof RangeError) {
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  const id = randomUUID().slice(0, 8);
  process.stderr.write(`a bug in liaison, id ${id}; please report it with what follows\n`);
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 70;
}
