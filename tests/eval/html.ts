import type { ReliabilityBin } from './metrics.ts';
import { type Asked, OURS, type SetRun } from './run.ts';
import type { SetSummary } from './summary.ts';
import { renderSummary } from './table.ts';

const WORST_MISSES = 50;
/** Side of a plot's square, and the room for its labels, in pixels. */
const PLOT = 240;
const MARGIN = 36;

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#222}
pre{overflow-x:auto;background:#f6f6f6;padding:1rem}figure{display:inline-block;margin:0 2rem 1rem 0}
figcaption{font-weight:600}svg{overflow:visible;font-size:11px}td,th{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0}
tr+tr td{border-top:1px solid #ddd}`;

/** One page, with nothing fetched from elsewhere, that shows the runs. */
export function renderPage(runs: readonly { readonly run: SetRun; readonly summary: SetSummary }[]): string {
  const sections = runs.map(({ run, summary }) => {
    const judged = run.asked.filter(({ expected }) => expected !== 'far');
    const kinds = Object.entries(summary.rankingByKind).map(([kind, { questions, hitAt1, hitAt3 }]) => ({
      label: `${kind} (${questions})`,
      hitAt1,
      hitAt3,
    }));
    return `<section><h2>${escapeHtml(run.name)}</h2>
${plot('Precision against coverage, by confidence', curve(coverageCurve(judged)))}
${plot('Reliability: how often right, by confidence', reliabilityMarks(summary.calibration.bins))}
${figure('hit@1, and hit@3 behind it, by type of question', bars(kinds))}
<pre>${escapeHtml(renderSummary(summary))}</pre>
<h3>Worst misses, the most confident first</h3>${missTable(run)}</section>`;
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${OURS}: answer quality</title><style>${STYLE}</style><h1>Answer quality</h1>
${sections.join('\n')}</html>\n`;
}

/** For each share of the questions that is answered, the surest first, how many of those are right. */
export function coverageCurve(
  judged: readonly Pick<Asked, 'confidence' | 'hit'>[],
): { readonly x: number; readonly y: number }[] {
  const surest = [...judged].sort((a, b) => b.confidence - a.confidence);
  let right = 0;
  return surest.map(({ hit }, i) => {
    right += Number(hit);
    return { x: (i + 1) / surest.length, y: right / (i + 1) };
  });
}

/** Text as HTML; every text here was written by others. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function missTable({ asked }: SetRun): string {
  const misses = asked
    .filter(({ expected, hit, outcome }) => (expected === 'answered' ? !hit : outcome === 'answered'))
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, WORST_MISSES);
  const rows = misses.map(({ question, expected, outcome, confidence, firstQuote, goldTexts }) => {
    const cells = [question.text, expected, `${outcome} ${confidence.toFixed(2)}`, firstQuote ?? ''];
    return `<tr>${[...cells, goldTexts.join(' | ')].map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`;
  });
  const heads = ['question', 'expected', 'said', 'first quote', 'right words'];
  return `<table><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr>${rows.join('')}</table>`;
}

function plot(title: string, marks: string): string {
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((at) => {
    const [x, y] = [toX(at), toY(at)];
    return `<text x="${x}" y="${PLOT + 16}" text-anchor="middle">${at}</text><text x="-6" y="${y + 4}" text-anchor="end">${at}</text><path d="M0 ${y}H${PLOT}" stroke="#ddd"/>`;
  });
  return figure(title, svg(PLOT, PLOT, `${ticks.join('')}${marks}`));
}

function curve(points: readonly { readonly x: number; readonly y: number }[]): string {
  const path = points.map(({ x, y }) => `${toX(x)},${toY(y)}`).join(' ');
  return `<polyline points="${path}" fill="none" stroke="#2563eb" stroke-width="2"/>`;
}

function reliabilityMarks(bins: readonly ReliabilityBin[]): string {
  const diagonal = `<path d="M0 ${PLOT}L${PLOT} 0" stroke="#999" stroke-dasharray="4"/>`;
  const dots = bins.map(({ meanConfidence, accuracy, questions }) => {
    const radius = Math.min(2 + Math.sqrt(questions) / 2, 12).toFixed(1);
    return `<circle cx="${toX(meanConfidence)}" cy="${toY(accuracy)}" r="${radius}" fill="#2563eb" fill-opacity=".7"><title>${questions} questions</title></circle>`;
  });
  return `${diagonal}${dots.join('')}`;
}

interface Bar {
  readonly label: string;
  readonly hitAt1: number;
  readonly hitAt3: number;
}

function bars(rows: readonly Bar[]): string {
  const bar = (y: number, share: number, fill: string) =>
    `<rect x="116" y="${y + 2}" width="${(share * PLOT).toFixed(1)}" height="14" fill="${fill}"/>`;
  const marks = rows.map(({ label, hitAt1, hitAt3 }, i) => {
    const y = i * 20;
    const numbers = [hitAt1, hitAt3].map((share) => (share * 100).toFixed(0)).join(' · ');
    return `<text x="110" y="${y + 12}" text-anchor="end">${escapeHtml(label)}</text>${bar(y, hitAt3, '#bfdbfe')}${bar(y, hitAt1, '#2563eb')}<text x="${(120 + hitAt3 * PLOT).toFixed(1)}" y="${y + 13}">${numbers}</text>`;
  });
  return svg(PLOT + 160, rows.length * 20, marks.join(''));
}

function svg(width: number, height: number, marks: string): string {
  const box = `${-MARGIN} -8 ${width + 2 * MARGIN} ${height + MARGIN}`;
  return `<svg role="img" width="${width + 2 * MARGIN}" height="${height + MARGIN}" viewBox="${box}">${marks}</svg>`;
}

function figure(title: string, content: string): string {
  return `<figure><figcaption>${title}</figcaption>${content}</figure>`;
}

function toX(share: number): number {
  return Math.round(share * PLOT);
}

function toY(share: number): number {
  return Math.round((1 - share) * PLOT);
}
