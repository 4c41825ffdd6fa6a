import type { RankingMetrics } from './metrics.ts';
import type { SetSummary } from './summary.ts';

const NAME_WIDTH = 16;
const NUMBER_WIDTH = 8;

/** A set's results as plain text, shares in per cent. */
export function renderSummary(summary: SetSummary): string {
  const { name, articles, sentences, ranking, outcomes, calibration } = summary;
  const counted = Object.values(ranking.alone)[0]?.questions ?? 0;
  const lines = [
    `${name}: ${counted} answerable questions, ${articles} articles, ${sentences} sentences`,
    ...rankingLines('article alone', ranking.alone),
    ...rankingLines('--seed in pool', ranking.restricted),
    ...rankingLines('all pooled', ranking.pooled),
    ...(summary.searchLike === null
      ? []
      : [
          row('like searches', ['hit@1', 'hit@3']),
          ...Object.entries(summary.searchLike).map(([method, { hitAt1, hitAt3 }]) =>
            row(method, [hitAt1, hitAt3].map(percent)),
          ),
        ]),
    row('outcomes', ['answered', 'related', 'not-in-s.']),
    ...Object.entries(outcomes).flatMap(([expected, shares]) =>
      shares === null ? [] : [row(expected, Object.values(shares).map(percent))],
    ),
    `near: AUROC ${auroc(summary.nearAuroc)}   absent: AUROC ${auroc(summary.absentAuroc)}   far: AUROC ${auroc(summary.farAuroc)}, F1 ${summary.farF1.toFixed(3)}, false refusals ${percent(summary.falseRefusals)} %`,
    `verbatim ${percent(summary.verbatim)} %   mean quote ${summary.meanQuoteLength.toFixed(0)} characters   median ${summary.medianMs.toFixed(1)} ms`,
    `calibration: ECE ${calibration.ece.toFixed(3)}`,
    row('confidence', ['n', 'mean', 'right']),
    ...calibration.bins.map(({ from, to, questions, meanConfidence, accuracy }) =>
      row(`${from.toFixed(1)}–${to.toFixed(1)}`, [
        String(questions),
        percent(meanConfidence),
        percent(accuracy),
      ]),
    ),
    row('by kind', ['n', 'hit@1', 'hit@3']),
    ...Object.entries(summary.rankingByKind).map(([kind, { questions, hitAt1, hitAt3 }]) =>
      row(kind, [String(questions), percent(hitAt1), percent(hitAt3)]),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function rankingLines(title: string, rows: Readonly<Record<string, RankingMetrics>>): string[] {
  return [
    row(title, ['hit@1', 'hit@3', 'MRR', 'par@1']),
    ...Object.entries(rows).map(([name, { hitAt1, hitAt3, mrr, paragraphHitAt1 }]) =>
      row(name, [hitAt1, hitAt3, mrr, paragraphHitAt1].map(percent)),
    ),
  ];
}

function row(name: string, cells: readonly string[]): string {
  return `  ${name.padEnd(NAME_WIDTH)}${cells.map((cell) => ` ${cell.padStart(NUMBER_WIDTH)}`).join('')}`;
}

function percent(share: number): string {
  return (share * 100).toFixed(1);
}

function auroc(area: number | null): string {
  return area === null ? '–' : area.toFixed(3);
}
