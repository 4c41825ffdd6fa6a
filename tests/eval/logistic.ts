/** One example: what is known, whether it holds, and how much it counts. */
export interface Example {
  readonly values: readonly number[];
  readonly holds: boolean;
  readonly weight: number;
}

/** Sentences that compete for one question: what is known of each, and which are right. */
export interface Contest {
  readonly rows: readonly (readonly number[])[];
  readonly right: readonly boolean[];
  readonly weight: number;
}

const RIDGE = 1e-3;
const STEPS = 300;
const STEP_SIZE = 0.1;

/**
 * Listwise logistic regression: the softmax over a question's sentences should lie on the right ones
 * (Cao et al. 2007, "Learning to rank: from pairwise approach to listwise approach").
 * @returns a weight a column
 */
export function fitRanking(contests: readonly Contest[]): number[] {
  const scale = scaleOf(contests.flatMap(({ rows }) => rows));
  const scaled = contests.map((contest) => ({
    ...contest,
    rows: contest.rows.map((row) => row.map((v, i) => v / (scale[i] ?? 1))),
  }));
  const all = contests.reduce((sum, { weight }) => sum + weight, 0);
  const weights = descend(scale.length, (current) => {
    const gradient = current.map((weight) => RIDGE * weight);
    for (const { rows, right, weight } of scaled) {
      const scores = rows.map((row) => dot(row, current));
      const highest = Math.max(...scores);
      const odds = scores.map((score) => Math.exp(score - highest));
      const total = sum(odds);
      const rightTotal = sum(odds.filter((_, i) => right[i]));
      rows.forEach((row, r) => {
        const share = (odds[r] ?? 0) / total - (right[r] ? (odds[r] ?? 0) / rightTotal : 0);
        row.forEach((value, i) => {
          gradient[i] = (gradient[i] ?? 0) + (weight * share * value) / all;
        });
      });
    }
    return gradient;
  });
  return weights.map((weight, i) => weight / (scale[i] ?? 1));
}

/** Logistic regression. @returns a weight a column, the bias last */
export function fitLogistic(examples: readonly Example[]): number[] {
  const scale = [...scaleOf(examples.map(({ values }) => values)), 1];
  const rows = examples.map(({ values }) => [...values, 1].map((v, i) => v / (scale[i] ?? 1)));
  const all = examples.reduce((total, { weight }) => total + weight, 0);
  const weights = descend(scale.length, (current) => {
    const gradient = current.map((weight) => RIDGE * weight);
    rows.forEach((row, r) => {
      const { holds = false, weight = 0 } = examples[r] ?? {};
      const miss = 1 / (1 + Math.exp(-dot(row, current))) - (holds ? 1 : 0);
      row.forEach((value, i) => {
        gradient[i] = (gradient[i] ?? 0) + (weight * miss * value) / all;
      });
    });
    return gradient;
  });
  return weights.map((weight, i) => weight / (scale[i] ?? 1));
}

/** Adam (Kingma and Ba 2015), whole batches, its usual constants, steps that shrink to nothing. */
function descend(size: number, gradientAt: (weights: readonly number[]) => number[]): number[] {
  const weights = new Array<number>(size).fill(0);
  const mean = new Array<number>(size).fill(0);
  const square = new Array<number>(size).fill(0);
  for (let step = 1; step <= STEPS; step++) {
    gradientAt(weights).forEach((slope, i) => {
      mean[i] = 0.9 * (mean[i] ?? 0) + 0.1 * slope;
      square[i] = 0.999 * (square[i] ?? 0) + 0.001 * slope * slope;
      const direction =
        (mean[i] ?? 0) / (1 - 0.9 ** step) / (Math.sqrt((square[i] ?? 0) / (1 - 0.999 ** step)) + 1e-8);
      weights[i] = (weights[i] ?? 0) - STEP_SIZE * (1 - step / STEPS) * direction;
    });
  }
  return weights;
}

/** Standard deviation of each column, 1 where it does not vary. */
function scaleOf(rows: readonly (readonly number[])[]): number[] {
  return (rows[0] ?? []).map((_, i) => {
    const mean = rows.reduce((total, row) => total + (row[i] ?? 0), 0) / rows.length;
    const variance = rows.reduce((total, row) => total + ((row[i] ?? 0) - mean) ** 2, 0) / rows.length;
    return variance < 1e-9 ? 1 : Math.sqrt(variance);
  });
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((total, value, i) => total + value * (b[i] ?? 0), 0);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
