import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { hostileText } from '../discord/hostile-text.ts';
import { mutated } from './mutate.ts';
import { Random } from './random.ts';
import type { Target } from './target.ts';

/** An input that broke a promise. */
export interface Find {
  readonly input: Buffer;
  readonly error: unknown;
}

/** What came of a target's runs. */
export interface Outcome {
  readonly name: string;
  readonly runs: number;
  readonly medianMs: number;
  readonly worstMs: number;
  readonly worst: Buffer;
  /** The most that the process held after a run, in MiB. */
  readonly peakMb: number;
  readonly finds: readonly Find[];
}

const MOST_FINDS = 5;
/** Texts are made in portions. */
const PORTION = 500;
const TURN_EVERY = 20;

/** Runs a target over mutated and random inputs, which follow from the seed. */
export async function runTarget(target: Target, runs: number, seed: number): Promise<Outcome> {
  const times: number[] = [];
  const finds: Find[] = [];
  let [worstMs, peakMb] = [0, 0];
  let worst: Buffer = Buffer.alloc(0);
  for (const input of inputsOf(target, runs, seed)) {
    const started = performance.now();
    try {
      await target.run(input);
    } catch (error) {
      if (finds.length < MOST_FINDS) finds.push({ input, error });
    }
    const ms = performance.now() - started;
    times.push(ms);
    if (ms > worstMs) [worstMs, worst] = [ms, input];
    // The stand-in for Discord lives here too, and has heartbeats to answer.
    if (times.length % TURN_EVERY === 0) await nextTurn();
    if (times.length % PORTION === 0) peakMb = Math.max(peakMb, process.memoryUsage.rss() / 2 ** 20);
  }
  peakMb = Math.max(peakMb, process.memoryUsage.rss() / 2 ** 20);
  const medianMs = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  return { name: target.name, runs: times.length, medianMs, worstMs, worst, peakMb, finds };
}

function* inputsOf(target: Target, runs: number, seed: number): Generator<Buffer> {
  const random = new Random(seed);
  let texts: string[] = [];
  for (let run = 0; run < runs; run++) {
    if (target.texts && run % 2 === 0) {
      if (texts.length === 0) texts = fc.sample(hostileText, { numRuns: PORTION, seed: seed + run });
      yield Buffer.from(texts.pop() ?? '').subarray(0, target.mostBytes);
    } else {
      yield mutated(random.of(target.corpus), target.corpus, random, target.mostBytes);
    }
  }
}
