import { type Logger, pino } from 'pino';
import type { BotConfig } from './bot.ts';
import { reactionInHand } from './reaction.ts';

/** `EX_SOFTWARE` of sysexits.h. */
const EXIT_BUG = 70;
const EXIT_INTERRUPTED = 130;

/** The log of this process, which ends with a bug that nobody caught. */
export function startLog({ logLevel, shard }: BotConfig): Logger {
  const log = pino({
    name: 'liaison',
    level: logLevel,
    mixin: () => ({ ...reactionInHand.getStore() }),
  });
  process.on('uncaughtException', (err) => {
    log.fatal({ err }, 'a bug; the bot ends');
    process.exit(EXIT_BUG);
  });
  return shard === null ? log : log.child({ shard: shard.index });
}

/** Aborted when this process is told to stop; told a second time, it ends at once. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  const told = () => {
    if (stop.signal.aborted) process.exit(EXIT_INTERRUPTED);
    stop.abort();
  };
  // Not `once`: a package that hears signals as well would take it that nobody else does, and end the process.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, told);
  return stop.signal;
}
