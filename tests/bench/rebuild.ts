import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Rebuilt } from '../../src/answering/last-run.ts';
import { LiveLibrary } from '../../src/answering/live-library.ts';
import { type Model, startModel } from '../../src/embedding/child-embedder.ts';
import { Articles } from './articles.ts';
import { askAll, type Latencies } from './questions.ts';

const MODELS_FOLDER = fileURLToPath(new URL('../../embeddings/models', import.meta.url));
const STAND_IN = fileURLToPath(new URL('./model-stand-in.ts', import.meta.url));
const CHANGED_SHARE = 0.01;
const CHANGED_RUNS = 5;
const QUESTIONS = 300;
/** A text as long as the background's batches are. */
const BATCH = 'The council of the town met again on Monday. '.repeat(22);
/** As fine as the histogram gets. */
const DELAY_RESOLUTION_MS = 1;
const NANOSECONDS_A_MS = 1e6;

/** What rebuilding took, in a process that is set up as the bot is. */
export interface RebuildFigures {
  readonly passages: number;
  readonly sentences: number;
  /** Whether the model itself ran, or something that answers at once in its place. */
  readonly model: boolean;
  readonly allSeconds: number;
  /** The median of several, each with other paragraphs changed. */
  readonly changedSeconds: number;
  readonly changedTexts: number;
  readonly timesFaster: number;
  /** Of the event loop, over the rebuild of everything. */
  readonly delayP99Ms: number;
  readonly delayMaxMs: number;
  /** How long the swap of the library held the event loop, at most. */
  readonly swapMs: number;
  /** With no rebuild running, and with one; while it does, a question may wait for a batch that is under way. */
  readonly quiet: Latencies;
  readonly meanwhile: Latencies;
  readonly batchMs: number;
  /** Embedded by a rebuild that was ended half way, and by the one after it. */
  readonly resumed: { readonly before: number; readonly after: number; readonly all: number };
}

/**
 * Rebuilds an index of so many paragraphs: all, then with a hundredth of them changed, then ended and gone on with.
 * @param model whether the model itself is to run
 */
export async function measureRebuild(paragraphs: number, model: boolean): Promise<RebuildFigures> {
  const folder = await mkdtemp(path.join(tmpdir(), 'liaison-bench-'));
  const running = await startModel({
    model: 'all-MiniLM-L6-v2',
    modelsFolder: MODELS_FOLDER,
    report: () => undefined,
    ...(!model && { entry: STAND_IN }),
  });
  try {
    return await measureIn(folder, paragraphs, running, model);
  } finally {
    running.close();
    await rm(folder, { recursive: true });
  }
}

async function measureIn(
  folder: string,
  paragraphs: number,
  running: Model,
  model: boolean,
): Promise<RebuildFigures> {
  const seedsFolder = path.join(folder, 'seeds');
  const articles = await Articles.write(seedsFolder, 1);
  const options = {
    seedsFolder,
    indexFolder: path.join(folder, 'index'),
    modelsFolder: MODELS_FOLDER,
    model: 'all-MiniLM-L6-v2',
    report: () => undefined,
  };
  const library = await LiveLibrary.open(options, running);
  await articles.grow(paragraphs);
  const resumed = await interrupt(library);
  const delay = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS });
  delay.enable();
  const all = await library.rebuild({ full: true });
  delay.disable();
  const changed: Rebuilt[] = [];
  for (let run = 0; run < CHANGED_RUNS; run++) {
    await articles.change(CHANGED_SHARE);
    changed.push(await library.rebuild({ full: false }));
  }
  const quiet = await askAll(library, articles.questions(QUESTIONS, 0));
  const batchMs = await batchTime(running);
  const stop = new AbortController();
  const rebuilding = library.rebuild({ full: true, signal: stop.signal });
  const meanwhile = await askAll(library, articles.questions(QUESTIONS, 1));
  stop.abort();
  await rebuilding;
  library.close();
  const changedSeconds = median(changed.map(({ seconds }) => seconds));
  return {
    passages: all.passages,
    sentences: all.sentences,
    model,
    allSeconds: all.seconds,
    changedSeconds,
    changedTexts: median(changed.map(({ embedded }) => embedded)),
    timesFaster: all.seconds / changedSeconds,
    delayP99Ms: delay.percentile(99) / NANOSECONDS_A_MS,
    delayMaxMs: delay.max / NANOSECONDS_A_MS,
    swapMs: library.longestSwapMs,
    quiet,
    meanwhile,
    batchMs,
    resumed,
  };
}

/** Ends a rebuild half way, and begins it again. */
async function interrupt(library: LiveLibrary): Promise<RebuildFigures['resumed']> {
  const half = new AbortController();
  let all = 0;
  const first = await library.rebuild({
    full: false,
    signal: half.signal,
    progress: (now) => {
      if (now.phase === 'chunked') all = now.fresh;
      if (now.phase === 'embedded' && now.done >= now.all / 2) half.abort();
    },
  });
  const second = await library.rebuild({ full: false });
  return { before: first.embedded, after: second.embedded, all };
}

async function batchTime({ background }: Model): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < CHANGED_RUNS; run++) {
    const began = performance.now();
    await background.embed([BATCH]);
    times.push(performance.now() - began);
  }
  return median(times);
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
}

/** The figures in lines for people. */
export function showRebuild(figures: RebuildFigures): string {
  const { passages, sentences, model, resumed, quiet, meanwhile, batchMs } = figures;
  const allowed = 3 * quiet.p95Ms + batchMs;
  return `${[
    `${passages} passages, ${sentences} sentences, ${model ? 'the real model' : 'a model that answers at once'}`,
    `all:      ${figures.allSeconds.toFixed(1)} s`,
    `changed:  ${figures.changedSeconds.toFixed(2)} s (${figures.changedTexts} passages), ${figures.timesFaster.toFixed(0)} times faster`,
    `delay:    p99 ${figures.delayP99Ms.toFixed(1)} ms, longest ${figures.delayMaxMs.toFixed(0)} ms, of the event loop during all`,
    `swap:     ${figures.swapMs.toFixed(1)} ms`,
    `quiet:    ${quiet.asked} questions, 50 at a time: p95 ${quiet.p95Ms.toFixed(0)} ms, ${quiet.lost} lost`,
    `busy:     as many during all: p95 ${meanwhile.p95Ms.toFixed(0)} ms, longest ${meanwhile.longestMs.toFixed(0)} ms (3 × quiet p95 + a batch: ${allowed.toFixed(0)} ms), ${meanwhile.lost} lost`,
    `resumed:  ended after ${resumed.before} of ${resumed.all} passages; the next one embedded ${resumed.after}`,
  ].join('\n')}\n`;
}

const USAGE = `usage: npm run bench:rebuild -- [--paragraphs N] [--without-model] [--json]

Rebuilds an index of N paragraphs (2000) as the bot does: all of it, then with a hundredth changed, then ended half way
and gone on with. Tells how long each took, and how long the event loop and the swap were held.

  --without-model   something that answers at once in the model's place, for what is not the model's speed
`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      paragraphs: { type: 'string', default: '2000' },
      'without-model': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) process.stdout.write(USAGE);
  else {
    const figures = await measureRebuild(Number(values.paragraphs), !values['without-model']);
    process.stdout.write(values.json ? `${JSON.stringify(figures, null, 1)}\n` : showRebuild(figures));
  }
}
