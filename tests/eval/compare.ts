import { z } from 'zod';
import { OperatorError } from '../../src/operator-error.ts';
import type { Sampling } from './datasets.ts';
import { mean, type Placed } from './metrics.ts';
import { OURS, type SetRun } from './run.ts';
import { seededRandom } from './sample.ts';

const RESAMPLES = 2000;
/** Bounds of the middle 95 %. */
const LOW = 0.025;
const HIGH = 0.975;
/** A baseline's sums are rounded: less than this is no difference. */
const ROUNDING = 1e-4;

/** What is compared, in the order of a baseline's rows; each is a share of questions, higher is better. */
const COMPARED = [
  'alone hit@1',
  'alone hit@3',
  'alone MRR',
  'pooled hit@1',
  'pooled MRR',
  'answerable: answered',
  'answerable: not refused',
  'near: not answered',
  'far: not in sources',
] as const;

const baselineShape = z.object({
  size: z.number(),
  seedNumber: z.number(),
  compared: z.array(z.string()),
  /** Set → article → a `sum/questions` for each of `compared`, with blanks between. */
  sets: z.record(z.string(), z.record(z.string(), z.string())),
});

/** A run to compare later ones with: sums by article, no texts. */
export type Baseline = z.infer<typeof baselineShape>;

/** Sum of something over an article's questions. */
export interface Tally {
  readonly sum: number;
  readonly questions: number;
}

/** A difference of means, 1 being 100 points, with the bounds of its 95 % interval. */
export interface Difference {
  readonly before: number;
  readonly after: number;
  readonly low: number;
  readonly high: number;
}

/** @throws {OperatorError} when the text is not a baseline of this version */
export function parseBaseline(json: string, place: string): Baseline {
  try {
    const baseline = baselineShape.parse(JSON.parse(json));
    if (baseline.compared.join() === COMPARED.join()) return baseline;
  } catch (cause) {
    if (!(cause instanceof SyntaxError) && !(cause instanceof z.ZodError)) throw cause;
  }
  throw new OperatorError(`${place}: not a baseline of this version; run npm run eval -- --write-baseline`);
}

/** What a run leaves for later ones. */
export function baselineOf(runs: readonly SetRun[], { size, seedNumber }: Sampling): Baseline {
  const shown = ({ sum, questions }: Tally) => `${Number(sum.toFixed(4))}/${questions}`;
  const sets = runs.map((run) => {
    const articles = [...tallies(run)].map(([id, row]) => [id, row.map(shown).join(' ')] as const);
    return [run.name, Object.fromEntries(articles)] as const;
  });
  return { size, seedNumber, compared: [...COMPARED], sets: Object.fromEntries(sets) };
}

/**
 * Says what got better or worse since the baseline, a line each.
 * @throws {OperatorError} when the baseline was made from other questions
 */
export function compare(baseline: Baseline, runs: readonly SetRun[], sampling: Sampling): string[] {
  const { size, seedNumber } = baseline;
  if (size !== sampling.size || seedNumber !== sampling.seedNumber) {
    throw new OperatorError(
      `the baseline has --sample ${size} --seed-number ${seedNumber}; compare with the same, or --write-baseline`,
    );
  }
  return runs.flatMap((run) => {
    const before = baseline.sets[run.name];
    if (before === undefined) return [`${run.name}: not in the baseline`];
    const rows = [...tallies(run)].map(([id, after]) => ({
      after,
      before: before[id]?.split(' ').map(readTally) ?? [],
    }));
    return COMPARED.flatMap((name, i) => {
      const pairs = rows.map((row) => ({ before: tallyAt(row.before, i), after: tallyAt(row.after, i) }));
      if (pairs.some((pair) => pair.before.questions !== pair.after.questions)) {
        throw new OperatorError(`${run.name}: the baseline has other questions; run with --write-baseline`);
      }
      const difference = pairedBootstrap(pairs, sampling.seedNumber);
      return difference === null ? [] : [lineOf(`${run.name}, ${name}`, difference)];
    });
  });
}

/**
 * Paired bootstrap over articles: the questions of one article stand or fall together (Koehn 2004, "Statistical
 * Significance Tests for Machine Translation Evaluation").
 * @returns null when there are no questions
 */
export function pairedBootstrap(
  pairs: readonly { readonly before: Tally; readonly after: Tally }[],
  seedNumber: number,
): Difference | null {
  const asked = pairs.filter(({ after }) => after.questions > 0);
  if (asked.length === 0) return null;
  const random = seededRandom(seedNumber);
  const differences = Array.from({ length: RESAMPLES }, () => {
    const drawn = asked.flatMap(() => asked[Math.floor(random() * asked.length)] ?? []);
    return share(drawn.map(({ after }) => after)) - share(drawn.map(({ before }) => before));
  }).sort((a, b) => a - b);
  return {
    before: share(asked.map(({ before }) => before)),
    after: share(asked.map(({ after }) => after)),
    low: differences[Math.floor(RESAMPLES * LOW)] ?? 0,
    high: differences[Math.floor(RESAMPLES * HIGH)] ?? 0,
  };
}

function share(tallied: readonly Tally[]): number {
  const all = tallied.reduce((sum, { questions }) => sum + questions, 0);
  return all === 0 ? 0 : tallied.reduce((sum, tally) => sum + tally.sum, 0) / all;
}

/** By article, a tally for each of `COMPARED`. */
function tallies(run: SetRun): Map<string, Tally[]> {
  const values = new Map<string, (readonly (number | null)[])[]>();
  let answerable = 0;
  for (const { question, expected, outcome } of run.asked) {
    const mine = expected === 'answered' ? answerable++ : -1;
    const ranked = [
      ...rankValues(run.places.alone[OURS]?.[mine], true),
      ...rankValues(run.places.pooled[OURS]?.[mine], false),
    ];
    const judged = [
      expected === 'answered' ? Number(outcome === 'answered') : null,
      expected === 'answered' ? Number(outcome !== 'not-in-sources') : null,
      expected === 'near' ? Number(outcome !== 'answered') : null,
      expected === 'far' ? Number(outcome === 'not-in-sources') : null,
    ];
    values.set(question.seed, [...(values.get(question.seed) ?? []), [...ranked, ...judged]]);
  }
  return new Map([...values].map(([id, rows]) => [id, COMPARED.map((_, i) => tally(rows, i))]));
}

function rankValues(place: Placed | undefined, third: boolean): (number | null)[] {
  const { rank } = place ?? {};
  if (rank === undefined) return third ? [null, null, null] : [null, null];
  const reciprocal = rank === null ? 0 : 1 / rank;
  const hits = [Number(rank === 1), ...(third ? [Number(rank !== null && rank <= 3)] : [])];
  return [...hits, reciprocal];
}

function tally(rows: readonly (readonly (number | null)[])[], column: number): Tally {
  const present = rows.flatMap((row) => row[column] ?? []);
  return { sum: mean(present) * present.length, questions: present.length };
}

function readTally(text: string): Tally {
  const [sum = 0, questions = 0] = text.split('/').map(Number);
  return { sum, questions };
}

function tallyAt(row: readonly Tally[], column: number): Tally {
  return row[column] ?? { sum: 0, questions: 0 };
}

function lineOf(name: string, { before, after, low, high }: Difference): string {
  const verdict = low > ROUNDING ? 'better' : high < -ROUNDING ? 'worse' : 'as before';
  const points = (share: number) => (share * 100).toFixed(1);
  return `${verdict.padEnd(9)}  ${name}: ${points(before)} → ${points(after)} (95 % of ${points(low)} … ${points(high)})`;
}
