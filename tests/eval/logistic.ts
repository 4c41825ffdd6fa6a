/** One example: what is known, whether it holds, and how much it counts. */
export interface Example {
  readonly values: readonly number[];
  readonly holds: boolean;
  readonly weight: number;
}

/** Sentences that compete for one question: what is known of each, and which are right. */
export interface Contest {
  readonly rows: readonly (readonly number[])[];
  /** What each sentence's score has besides what is learned. */
  readonly priors: readonly number[];
  readonly right: readonly boolean[];
  readonly weight: number;
}

const RIDGE = 1e-4;
const STEPS = 250;
const STEP_SIZE = 0.1;

/**
 * Listwise logistic regression: the softmax over a question's sentences should lie on the right ones
 * (Cao et al. 2007, "Learning to rank: from pairwise approach to listwise approach").
 * @returns a weight a column
 */
export function fitRanking(contests: readonly Contest[]): number[] {
  const { scaled, scale, columns } = scaledMatrix(contests.flatMap(({ rows }) => rows));
  const all = sum(contests.map(({ weight }) => weight));
  const weights = descend(columns, (current, gradient) => {
    let first = 0;
    for (const { rows, priors, right, weight } of contests) {
      const scores = rows.map((_, r) => dotRow(scaled, first + r, current) + (priors[r] ?? 0));
      const highest = Math.max(...scores);
      const odds = scores.map((score) => Math.exp(score - highest));
      const total = sum(odds);
      const rightTotal = sum(odds.filter((_, r) => right[r]));
      odds.forEach((odd, r) => {
        const share = odd / total - (right[r] ? odd / rightTotal : 0);
        addRow(scaled, first + r, (weight * share) / all, gradient);
      });
      first += rows.length;
    }
  });
  return weights.map((weight, i) => weight / (scale[i] ?? 1));
}

/** Logistic regression. @returns a weight a column, the bias last */
export function fitLogistic(examples: readonly Example[]): number[] {
  const means = meansOf(examples.map(({ values }) => values));
  const centred = examples.map(({ values }) => [...values.map((v, i) => v - (means[i] ?? 0)), 1]);
  const { scaled, scale, columns } = scaledMatrix(centred);
  const all = sum(examples.map(({ weight }) => weight));
  const fitted = descend(columns, (current, gradient) => {
    examples.forEach(({ holds, weight }, row) => {
      const miss = 1 / (1 + Math.exp(-dotRow(scaled, row, current))) - (holds ? 1 : 0);
      addRow(scaled, row, (weight * miss) / all, gradient);
    });
  }).map((weight, i) => weight / (scale[i] ?? 1));
  const weights = fitted.slice(0, -1);
  return [...weights, (fitted.at(-1) ?? 0) - sum(weights.map((weight, i) => weight * (means[i] ?? 0)))];
}

/** Adam (Kingma and Ba 2015), whole batches, its usual constants, steps that shrink to nothing. */
function descend(
  columns: number,
  addGradient: (weights: Float64Array, gradient: Float64Array) => void,
): number[] {
  const weights = new Float64Array(columns);
  const mean = new Float64Array(columns);
  const square = new Float64Array(columns);
  for (let step = 1; step <= STEPS; step++) {
    const gradient = weights.map((weight) => RIDGE * weight);
    addGradient(weights, gradient);
    gradient.forEach((slope, i) => {
      mean[i] = 0.9 * (mean[i] ?? 0) + 0.1 * slope;
      square[i] = 0.999 * (square[i] ?? 0) + 0.001 * slope * slope;
      const direction =
        (mean[i] ?? 0) / (1 - 0.9 ** step) / (Math.sqrt((square[i] ?? 0) / (1 - 0.999 ** step)) + 1e-8);
      weights[i] = (weights[i] ?? 0) - STEP_SIZE * (1 - step / STEPS) * direction;
    });
  }
  return [...weights];
}

/** Rows one after the other, each column over its standard deviation (1 where it does not vary). */
function scaledMatrix(rows: readonly (readonly number[])[]): {
  readonly scaled: Float64Array;
  readonly scale: readonly number[];
  readonly columns: number;
} {
  const columns = rows[0]?.length ?? 0;
  const means = meansOf(rows);
  const scale = means.map((mean, i) => {
    const variance = rows.reduce((total, row) => total + ((row[i] ?? 0) - mean) ** 2, 0) / rows.length;
    return variance < 1e-9 ? 1 : Math.sqrt(variance);
  });
  const scaled = new Float64Array(rows.length * columns);
  rows.forEach((row, r) => {
    row.forEach((value, i) => {
      scaled[r * columns + i] = value / (scale[i] ?? 1);
    });
  });
  return { scaled, scale, columns };
}

function meansOf(rows: readonly (readonly number[])[]): number[] {
  return (rows[0] ?? []).map((_, i) => rows.reduce((total, row) => total + (row[i] ?? 0), 0) / rows.length);
}

function dotRow(matrix: Float64Array, row: number, weights: Float64Array): number {
  const start = row * weights.length;
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += (matrix[start + i] ?? 0) * (weights[i] ?? 0);
  return total;
}

function addRow(matrix: Float64Array, row: number, factor: number, gradient: Float64Array): void {
  const start = row * gradient.length;
  for (let i = 0; i < gradient.length; i++) {
    gradient[i] = (gradient[i] ?? 0) + factor * (matrix[start + i] ?? 0);
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
