import { type ParseArgsConfig, parseArgs } from 'node:util';
import { OperatorError } from '../src/operator-error.ts';
import { UsageError } from '../src/terminal/command.ts';
import type { createProgress } from '../src/terminal/progress.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
type Flags<Own extends Options> = ReturnType<typeof parseArgs<{ options: Own }>>['values'];

/** Runs a command that measures: wrong usage ends with 2 and the usage, the operator's mistake with 1 and its line. */
export async function runMeasuring<const Own extends Options>(
  { usage, options }: { readonly usage: string; readonly options: Own },
  progress: ReturnType<typeof createProgress>,
  measure: (flags: Flags<Own>) => Promise<void>,
): Promise<void> {
  try {
    const flags = parse(options);
    if ('help' in flags && flags.help === true) process.stdout.write(`${usage}\n`);
    else await measure(flags);
  } catch (error) {
    progress.stop();
    if (!(error instanceof UsageError || error instanceof OperatorError)) throw error;
    process.stderr.write(`${error.message}\n${error instanceof UsageError ? `${usage}\n` : ''}`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  } finally {
    progress.stop();
  }
}

function parse<const Own extends Options>(options: Own): Flags<Own> {
  try {
    return parseArgs({ options }).values;
  } catch (cause) {
    throw new UsageError((cause as Error).message.split('. ')[0] ?? '', { cause });
  }
}
