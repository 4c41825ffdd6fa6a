import type { Baseline } from './baselines.ts';
import {
  type AbstentionMetrics,
  abstention,
  calibrationError,
  mean,
  outcomeShares,
  type Placed,
  type RankingMetrics,
  type ReliabilityBin,
  rankingMetrics,
  reliability,
} from './metrics.ts';
import { type Asked, OURS, type Scope, type SetRun } from './run.ts';
import { searchLikeWeights } from './search-like.ts';
import { isShort } from './short-articles.ts';

/** A set's results as numbers; what `--json` prints. */
export interface SetSummary extends AbstentionMetrics {
  readonly name: string;
  readonly articles: number;
  readonly sentences: number;
  readonly ranking: Readonly<Record<Scope, Readonly<Record<string, RankingMetrics>>>>;
  /** Short articles alone, the questions weighed so that they look like real searches; null for long ones. */
  readonly searchLike: Readonly<Record<string, Pick<RankingMetrics, 'hitAt1' | 'hitAt3'>>> | null;
  /** The pipeline's ranking by type of question, the article alone. */
  readonly rankingByKind: Readonly<Record<string, RankingMetrics>>;
  /** Share of the answers all of whose quotes are the file between their offsets. */
  readonly verbatim: number;
  /** Characters of the first quote, on average. */
  readonly meanQuoteLength: number;
  /** Share of each outcome, by what was expected; null where no question was of that sort. */
  readonly outcomes: Readonly<Record<Asked['expected'], ReturnType<typeof outcomeShares> | null>>;
  /** Far questions are left out, for they would flatter it. */
  readonly calibration: { readonly ece: number; readonly bins: readonly ReliabilityBin[] };
  /** Median time of a question to an article alone, in milliseconds; those put twice were embedded before. */
  readonly medianMs: number;
}

/** Sums a run up. */
export function summarise(run: SetRun): SetSummary {
  const { name, articles, sentences, asked, places } = run;
  const of = (expected: Asked['expected']) => asked.filter((one) => one.expected === expected);
  const outcomesOf = (expected: Asked['expected']) => {
    const outcomes = of(expected).map(({ outcome }) => outcome);
    return outcomes.length === 0 ? null : outcomeShares(outcomes);
  };
  const bins = reliability(asked.filter(({ expected }) => expected !== 'far'));
  const lengths = asked.flatMap(({ firstQuote }) => firstQuote?.length ?? []);
  const times = asked
    .filter(({ expected }) => expected === 'answered' || expected === 'near')
    .map(({ totalMs }) => totalMs)
    .sort((a, b) => a - b);
  return {
    name,
    articles,
    sentences,
    ranking: {
      alone: rows(places.alone),
      restricted: rows(places.restricted),
      pooled: rows(places.pooled),
    },
    searchLike: isShort(name) ? searchLike(places.alone) : null,
    rankingByKind: byKind(run),
    verbatim: mean(asked.map(({ verbatim }) => Number(verbatim))),
    meanQuoteLength: mean(lengths),
    outcomes: {
      answered: outcomesOf('answered'),
      near: outcomesOf('near'),
      absent: outcomesOf('absent'),
      far: outcomesOf('far'),
    },
    ...abstention(asked),
    calibration: { ece: calibrationError(bins), bins },
    medianMs: times[times.length >> 1] ?? 0,
  };
}

function rows(places: SetRun['places'][Scope]): Record<string, RankingMetrics> {
  return Object.fromEntries(Object.entries(places).map(([row, placed]) => [row, rankingMetrics(placed)]));
}

function searchLike(places: SetRun['places'][Scope]): SetSummary['searchLike'] {
  const isFirst = (row: Baseline, i: number) => places[row]?.[i]?.rank === 1;
  const weights = searchLikeWeights(
    (places[OURS] ?? []).map((_, i) => ({
      dense: isFirst('dense only', i),
      bm25: isFirst('BM25', i),
      documentOrder: isFirst('document order', i),
    })),
  );
  const within = (placed: readonly Placed[], k: number) =>
    mean(placed.map(({ rank }, i) => (rank !== null && rank <= k ? (weights[i] ?? 0) : 0)));
  return Object.fromEntries(
    Object.entries(places).map(([row, placed]) => [
      row,
      { hitAt1: within(placed, 1), hitAt3: within(placed, 3) },
    ]),
  );
}

/** Answerable questions stand in the same order as their places. */
function byKind({ asked, places }: SetRun): SetSummary['rankingByKind'] {
  const kinds = asked
    .filter(({ expected }) => expected === 'answered')
    .map(({ question }, i) => ({ kind: question.kind, place: places.alone[OURS]?.[i] }));
  const names = [...new Set(kinds.map(({ kind }) => kind))].sort();
  return Object.fromEntries(
    names.map((name) => {
      const placed = kinds.flatMap(({ kind, place }) =>
        kind === name && place !== undefined ? [place] : [],
      );
      return [name, rankingMetrics(placed)];
    }),
  );
}
