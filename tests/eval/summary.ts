import {
  type AbstentionMetrics,
  abstention,
  calibrationError,
  mean,
  outcomeShares,
  type RankingMetrics,
  type ReliabilityBin,
  rankingMetrics,
  reliability,
} from './metrics.ts';
import type { Asked, Scope, SetRun } from './run.ts';

/** A set's results as numbers; what `--json` prints. */
export interface SetSummary extends AbstentionMetrics {
  readonly name: string;
  readonly articles: number;
  readonly sentences: number;
  readonly ranking: Readonly<Record<Scope, Readonly<Record<string, RankingMetrics>>>>;
  /** The pipeline's hit@1 by type of question, the article alone. */
  readonly hitAt1ByKind: Readonly<Record<string, { readonly questions: number; readonly hitAt1: number }>>;
  /** Share of the answers all of whose quotes are the file between their offsets. */
  readonly verbatim: number;
  /** Characters of the first quote, on average. */
  readonly meanQuoteLength: number;
  /** Share of each outcome, by what was expected; null where no question was of that sort. */
  readonly outcomes: Readonly<Record<Asked['expected'], ReturnType<typeof outcomeShares> | null>>;
  /** Over answerable questions and near misses; far ones are left out, for they would flatter it. */
  readonly calibration: { readonly ece: number; readonly bins: readonly ReliabilityBin[] };
  /** Median time of a question to an article alone, in milliseconds; far ones were embedded before. */
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
    .filter(({ expected }) => expected !== 'far')
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
    hitAt1ByKind: byKind(of('answered')),
    verbatim: mean(asked.map(({ verbatim }) => Number(verbatim))),
    meanQuoteLength: mean(lengths),
    outcomes: { answered: outcomesOf('answered'), near: outcomesOf('near'), far: outcomesOf('far') },
    ...abstention(asked),
    calibration: { ece: calibrationError(bins), bins },
    medianMs: times[times.length >> 1] ?? 0,
  };
}

function rows(places: SetRun['places'][Scope]): Record<string, RankingMetrics> {
  return Object.fromEntries(Object.entries(places).map(([row, placed]) => [row, rankingMetrics(placed)]));
}

function byKind(asked: readonly Asked[]): SetSummary['hitAt1ByKind'] {
  const kinds = [...new Set(asked.map(({ question }) => question.kind))].sort();
  return Object.fromEntries(
    kinds.map((kind) => {
      const hits = asked.filter(({ question }) => question.kind === kind).map(({ hit }) => Number(hit));
      return [kind, { questions: hits.length, hitAt1: mean(hits) }];
    }),
  );
}
