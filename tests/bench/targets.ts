import type { Results, SizeResult } from './results.ts';

/** What liaison is held to. */
export interface Target {
  readonly what: string;
  readonly wanted: string;
  /** As measured, with its unit. */
  readonly is: string;
  readonly met: boolean;
}

const SMALL = 1000;
const LARGE = 100_000;
/** [paragraphs, at most]. */
const P50_MS = [[SMALL, 5]] as const;
const P95_MS = [
  [SMALL, 15],
  [LARGE, 30],
] as const;
const FIRST_ANSWER_SECONDS = [
  [SMALL, 0.8],
  [LARGE, 2],
] as const;
const RESIDENT_MB = [
  [SMALL, 350],
  [LARGE, 1000],
] as const;
const TIMES_PLAIN = 2;
const LEAST_RECALL = 0.99;
const MOST_GROWTH = 5;

/** One row for each target of which something was measured. */
export function targetsOf({ model, sizes }: Results): Target[] {
  const at = (paragraphs: number) => sizes.find((size) => size.paragraphs === paragraphs)?.ours;
  const limit = (
    what: string,
    limits: readonly (readonly [number, number])[],
    unit: string,
    of: (ours: SizeResult['ours']) => number | undefined,
  ) =>
    limits.flatMap(([paragraphs, most]) => {
      const value = of(at(paragraphs) ?? {});
      if (value === undefined) return [];
      const wanted = `≤ ${most} ${unit}`;
      const is = `${value < 100 ? value.toPrecision(3) : value.toFixed(0)} ${unit}`;
      return [{ what: `${what} at ${paragraphs.toLocaleString('en')}`, wanted, is, met: value <= most }];
    });
  const rows: Target[] = [
    ...limit('question → answer, p50', P50_MS, 'ms', ({ ask }) => ask?.answer.p50),
    ...limit('question → answer, p95', P95_MS, 'ms', ({ ask }) => ask?.answer.p95),
    ...limit(
      'npm run ask, start to answer',
      FIRST_ANSWER_SECONDS,
      's',
      ({ start }) => start && start.ask.p50 / 1000,
    ),
    ...limit("the bot's processes, resident", RESIDENT_MB, 'MB', ({ bot }) => bot?.rssMb),
  ];
  if (model !== undefined) {
    const { p5, p50, p95 } = model.ratio;
    rows.unshift({
      what: 'passages embedded, times @xenova/transformers used plainly',
      wanted: `≥ ${TIMES_PLAIN} ×`,
      is: `${p50.toFixed(1)} × (${p5.toFixed(1)} to ${p95.toFixed(1)})`,
      met: p50 >= TIMES_PLAIN,
    });
  }
  const recalls = sizes.flatMap(({ ours: { ask } }) => (ask === undefined ? [] : [ask.recall]));
  if (recalls.length > 0) {
    const least = Math.min(...recalls);
    const wanted = `≥ ${LEAST_RECALL}`;
    rows.push({
      what: `recall@10, the least of ${recalls.length} sizes`,
      wanted,
      is: least.toFixed(4),
      met: least >= LEAST_RECALL,
    });
  }
  const [small, large] = [at(SMALL)?.ask?.answer.p50, at(LARGE)?.ask?.answer.p50];
  if (small !== undefined && large !== undefined) {
    const growth = large / small;
    rows.push({
      what: 'p50 from 1,000 to 100,000 paragraphs',
      wanted: `< ${MOST_GROWTH} ×`,
      is: `${growth.toFixed(1)} ×`,
      met: growth < MOST_GROWTH,
    });
  }
  return rows;
}
