import cliProgress from 'cli-progress';

/** A wait shorter than this shows nothing. */
const PATIENCE_MS = 1000;
/** Without a terminal, a line at most this often. */
const LINE_EVERY_MS = 2000;

export interface Progress {
  /** Takes a line, and how far (0 … 1) when that is known. */
  readonly report: (line: string, part?: number) => void;
  readonly stop: () => void;
}

/** Shows progress as a bar on a terminal and as plain lines elsewhere. */
export function createProgress(stream: NodeJS.WriteStream): Progress {
  let started: number | undefined;
  let bar: cliProgress.SingleBar | undefined;
  let lastLine = 0;
  const stop = () => {
    bar?.stop();
    bar = undefined;
  };
  const report = (line: string, part?: number) => {
    const now = performance.now();
    if (part !== undefined) started ??= now;
    if (part === undefined) {
      stop();
      stream.write(`${line}\n`);
    } else if (now - (started ?? now) < PATIENCE_MS) {
      return;
    } else if (stream.isTTY) {
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
