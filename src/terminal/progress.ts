import cliProgress from 'cli-progress';
import { inert } from './wrap.ts';

/** A wait shorter than this shows nothing. */
const PATIENCE_MS = 1000;
/** Without a terminal, a line at most this often. */
const LINE_EVERY_MS = 2000;

export interface Progress {
  /** Takes a line, and how far (0 … 1) when that is known. */
  readonly report: (line: string, part?: number) => void;
  /** Takes what is left of a bar off the terminal. */
  readonly stop: () => void;
}

/**
 * Shows progress as a bar on a terminal and as plain lines elsewhere. A line without a part is news, shown at once.
 * @param clock milliseconds from any start
 */
export function createProgress(
  stream: NodeJS.WriteStream,
  clock: () => number = () => performance.now(),
): Progress {
  let started: number | undefined;
  let lastLine = Number.NEGATIVE_INFINITY;
  let bar: cliProgress.SingleBar | undefined;
  const stop = () => {
    bar?.stop();
    bar = undefined;
  };
  const report = (text: string, part?: number) => {
    const line = inert(text);
    if (part === undefined) {
      stop();
      stream.write(`${line}\n`);
      return;
    }
    const now = clock();
    started ??= now;
    if (now - started < PATIENCE_MS) return;
    if (stream.isTTY) {
      bar ??= startBar(stream);
      bar.update(Math.round(part * 100), { line });
      if (part >= 1) stop();
    } else if (now - lastLine > LINE_EVERY_MS || part >= 1) {
      lastLine = now;
      stream.write(`${line}\n`);
    }
  };
  return { report, stop };
}

function startBar(stream: NodeJS.WriteStream): cliProgress.SingleBar {
  const bar = new cliProgress.SingleBar(
    { stream, format: '{bar} {percentage}% {line}', hideCursor: true, clearOnComplete: true },
    cliProgress.Presets.shades_classic,
  );
  bar.start(100, 0, { line: '' });
  return bar;
}
