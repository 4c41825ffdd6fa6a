import type { Outcome } from '../../src/answering/answer.ts';
import type { Span } from '../../src/seeds/seed.ts';
import type { EvalQuestion } from './datasets.ts';

/** Ranks are looked for among this many quotes; so reciprocal ranks are cut there too. */
export const RANKED_QUOTES = 10;
const RELIABILITY_BINS = 10;

/** Where a ranking has the right sentence. */
export interface Placed {
  /** Place of the first sentence that overlaps what answers, from 1; null when none of the first ten does. */
  readonly rank: number | null;
  /** Whether the first sentence stands in the paragraph of what answers. */
  readonly paragraphHit: boolean;
}

/** Shares, 0 … 1, over the answerable questions. */
export interface RankingMetrics {
  readonly questions: number;
  readonly hitAt1: number;
  readonly hitAt3: number;
  /** Mean reciprocal rank, 0 beyond the tenth place. */
  readonly mrr: number;
  readonly paragraphHitAt1: number;
}

/** What the pipeline said to one question. */
export interface Judged {
  readonly expected: EvalQuestion['expected'];
  readonly outcome: Outcome;
  /** 0 … 1. */
  readonly confidence: number;
  /** Whether the first quote overlaps what answers. */
  readonly hit: boolean;
}

export interface AbstentionMetrics {
  /** F1 of *not in the sources* over far and answerable questions. */
  readonly farF1: number;
  /** Share of the answerable questions called *not in the sources*. */
  readonly falseRefusals: number;
  /** Probability that an answerable question has more confidence than a near miss; null without near misses. */
  readonly nearAuroc: number | null;
  /** The same against questions whose answer is absent, and against far ones. */
  readonly absentAuroc: number | null;
  readonly farAuroc: number | null;
}

/** One bin of a reliability table: confidences in `[from, to)`, the last one closed. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly questions: number;
  readonly meanConfidence: number;
  /** Share of them whose first quote is right. */
  readonly accuracy: number;
}

/** Whether two half-open ranges have a character in common. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** The mean, 0 of nothing. */
export function mean(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** @param places one an answerable question */
export function rankingMetrics(places: readonly Placed[]): RankingMetrics {
  const within = (k: number) => mean(places.map(({ rank }) => Number(rank !== null && rank <= k)));
  return {
    questions: places.length,
    hitAt1: within(1),
    hitAt3: within(3),
    mrr: mean(places.map(({ rank }) => (rank === null ? 0 : 1 / rank))),
    paragraphHitAt1: mean(places.map(({ paragraphHit }) => Number(paragraphHit))),
  };
}

/** Share of each outcome. */
export function outcomeShares(outcomes: readonly Outcome[]): Readonly<Record<Outcome, number>> {
  const share = (outcome: Outcome) => mean(outcomes.map((one) => Number(one === outcome)));
  return {
    answered: share('answered'),
    related: share('related'),
    'not-in-sources': share('not-in-sources'),
  };
}

/**
 * Area under the ROC curve, ties counted half (the Mann–Whitney statistic).
 * @returns 0 … 1, or null when either side is empty
 */
export function auroc(positives: readonly number[], negatives: readonly number[]): number | null {
  if (positives.length === 0 || negatives.length === 0) return null;
  const scored = [
    ...positives.map((score) => ({ score, positive: true })),
    ...negatives.map((score) => ({ score, positive: false })),
  ].sort((a, b) => a.score - b.score);
  let rankSum = 0;
  for (let start = 0; start < scored.length; ) {
    let end = start + 1;
    while (end < scored.length && scored[end]?.score === scored[start]?.score) end++;
    const positivesHere = scored.slice(start, end).filter(({ positive }) => positive).length;
    rankSum += (positivesHere * (start + 1 + end)) / 2;
    start = end;
  }
  const pairs = positives.length * negatives.length;
  return (rankSum - (positives.length * (positives.length + 1)) / 2) / pairs;
}

/** How well the pipeline says no. */
export function abstention(judged: readonly Judged[]): AbstentionMetrics {
  const of = (expected: Judged['expected']) => judged.filter((one) => one.expected === expected);
  const refused = (ones: readonly Judged[]) =>
    ones.filter(({ outcome }) => outcome === 'not-in-sources').length;
  const confidences = (expected: Judged['expected']) => of(expected).map(({ confidence }) => confidence);
  const [answerable, far] = [of('answered'), of('far')];
  const [right, wrong] = [refused(far), refused(answerable)];
  const chances = far.length + right + wrong;
  return {
    farF1: chances === 0 ? 0 : (2 * right) / chances,
    falseRefusals: answerable.length === 0 ? 0 : wrong / answerable.length,
    nearAuroc: auroc(confidences('answered'), confidences('near')),
    absentAuroc: auroc(confidences('answered'), confidences('absent')),
    farAuroc: auroc(confidences('answered'), confidences('far')),
  };
}

/** Confidence against how often the first quote is right, in ten bins of equal width; empty bins are left out. */
export function reliability(judged: readonly Pick<Judged, 'confidence' | 'hit'>[]): ReliabilityBin[] {
  const binOf = (confidence: number) =>
    Math.min(Math.floor(confidence * RELIABILITY_BINS), RELIABILITY_BINS - 1);
  return Array.from({ length: RELIABILITY_BINS }, (_, bin) => {
    const inside = judged.filter(({ confidence }) => binOf(confidence) === bin);
    return {
      from: bin / RELIABILITY_BINS,
      to: (bin + 1) / RELIABILITY_BINS,
      questions: inside.length,
      meanConfidence: mean(inside.map(({ confidence }) => confidence)),
      accuracy: mean(inside.map(({ hit }) => Number(hit))),
    };
  }).filter(({ questions }) => questions > 0);
}

/** Expected calibration error, 0 … 1 (Guo et al. 2017, "On Calibration of Modern Neural Networks"). */
export function calibrationError(bins: readonly ReliabilityBin[]): number {
  const all = bins.reduce((sum, { questions }) => sum + questions, 0);
  const error = bins.reduce(
    (sum, bin) => sum + bin.questions * Math.abs(bin.accuracy - bin.meanConfidence),
    0,
  );
  return all === 0 ? 0 : error / all;
}
