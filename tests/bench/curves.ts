import { escapeHtml } from '../eval/html.ts';
import { BY_WORDS, PEERS, type PeerAt } from './peers.ts';
import type { Results, SizeResult } from './results.ts';

const WIDTH = 720;
const HEIGHT = 380;
const MARGIN = { left: 60, right: 245, top: 36, bottom: 34 };
const ACROSS = WIDTH - MARGIN.left - MARGIN.right;
const DOWN = HEIGHT - MARGIN.top - MARGIN.bottom;
/** Between two names at the right. */
const LINE_HEIGHT = 16;
/** What takes less is drawn there. */
const LEAST_SECONDS = 0.01;
/** For liaison, then for each peer. */
const ON_LIGHT = [
  '#c0392b',
  '#1f6feb',
  '#0f7b6c',
  '#8250df',
  '#bf3989',
  '#9a6700',
  '#1a7f37',
  '#57606a',
  '#7c5b3a',
  '#3b6ea8',
];
const ON_DARK = [
  '#ff7b72',
  '#6cb6ff',
  '#56d4c0',
  '#c297ff',
  '#ff9bce',
  '#e3b341',
  '#6fdd8b',
  '#b1bac4',
  '#d0b090',
  '#9cc4f0',
];
const colours = (list: readonly string[]) => list.map((colour, i) => `.s${i}{--c:${colour}}`).join('');
/** Readable on light and on dark: a picture follows the reader's colour scheme. */
const STYLE = `.back{fill:#fff}text{fill:#24292f;font:12px system-ui,sans-serif}.grid{stroke:#d0d7de}${colours(ON_LIGHT)}
polyline{stroke:var(--c);fill:none;stroke-width:1.7}.s0 polyline{stroke-width:3.2}.dashed polyline{stroke-dasharray:5 4}
circle,.name{fill:var(--c)}.s0 .name{font-weight:700}
@media(prefers-color-scheme:dark){.back{fill:#0d1117}text{fill:#e6edf3}.grid{stroke:#30363d}${colours(ON_DARK)}}`;

/** One line of a picture: values by number of paragraphs. */
interface Curve {
  readonly name: string;
  readonly style: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** By name; docs/images has them too. */
export function pictures({ sizes }: Results): Readonly<Record<string, string>> {
  const curve = (name: string, style: string, heightOf: (at: SizeResult) => number | undefined): Curve => ({
    name,
    style,
    points: sizes.flatMap((at) => {
      const y = heightOf(at);
      return y !== undefined && y > 0 ? [{ x: at.paragraphs, y }] : [];
    }),
  });
  const peers = (heightOf: (peer: PeerAt) => number) =>
    Object.entries(PEERS).map(([name, part], i) =>
      curve(name, `s${i + 1}${part === BY_WORDS ? ' dashed' : ''}`, ({ peers: { [name]: peer } }) =>
        peer === undefined || typeof peer === 'string' ? undefined : heightOf(peer),
      ),
    );
  const all = {
    latency: svgOf('Question → answer: median milliseconds by paragraphs (dashed: words only)', [
      curve('liaison', 's0', ({ ours }) => ours.ask?.answer.p50),
      ...peers((peer) => peer.answer.p50),
    ]),
    memory: svgOf('Resident memory: MB by paragraphs (dashed: words only)', [
      curve('liaison, the whole bot', 's0', ({ ours }) => ours.bot?.rssMb),
      ...peers(({ rssMb }) => rssMb),
    ]),
    index: svgOf('Index build without the model: seconds by paragraphs (dashed: words only)', [
      curve('liaison', 's0', ({ ours }) => ours.build?.indexSeconds),
      ...peers(({ indexSeconds }) => Math.max(indexSeconds, LEAST_SECONDS)),
    ]),
    own: svgOf('liaison: milliseconds by paragraphs', [
      curve('question → answer', 's0', ({ ours }) => ours.ask?.answer.p50),
      curve('95 % of the answers', 's1', ({ ours }) => ours.ask?.answer.p95),
      curve('Discord: message → reply', 's2', ({ ours }) => ours.bot?.p50),
      curve('npm run ask, start → answer', 's3', ({ ours }) => ours.start?.ask.p50),
      curve('1 % changed → new index', 's4', ({ ours }) => ours.change && 1000 * ours.change.seconds),
    ]),
  };
  return Object.fromEntries(Object.entries(all).filter(([, svg]) => svg !== ''));
}

/** A picture with both axes logarithmic; empty when there is nothing to draw. */
function svgOf(title: string, given: readonly Curve[]): string {
  const curves = given.filter(({ points }) => points.length > 0);
  if (curves.length === 0) return '';
  const all = curves.flatMap(({ points }) => points);
  const xs = axisOf(all.map((point) => point.x));
  const ys = axisOf(all.map((point) => point.y));
  const [right, bottom] = [MARGIN.left + ACROSS, MARGIN.top + DOWN];
  const x = (value: number) => (MARGIN.left + ACROSS * xs.part(value)).toFixed(1);
  const y = (value: number) => (bottom - DOWN * ys.part(value)).toFixed(1);
  const label = (at: number) => at.toLocaleString('en');
  const grid = [
    ...xs.ticks.map(
      (at) =>
        `<path class="grid" d="M${x(at)} ${MARGIN.top}V${bottom}"/><text x="${x(at)}" y="${bottom + 18}" text-anchor="middle">${label(at)}</text>`,
    ),
    ...ys.ticks.map(
      (at) =>
        `<path class="grid" d="M${MARGIN.left} ${y(at)}H${right}"/><text x="${MARGIN.left - 8}" y="${Number(y(at)) + 4}" text-anchor="end">${label(at)}</text>`,
    ),
  ];
  const places = namePlaces(curves.map(({ points }) => Number(y(points.at(-1)?.y ?? 1))));
  const lines = curves.map(({ name, style, points }, i) => {
    const at = points.map((point) => [x(point.x), y(point.y)] as const);
    const dots = at.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="${style === 's0' ? 4 : 2.5}"/>`);
    const place = places[i] ?? 0;
    return `<g class="${style}"><path class="grid" d="M${at.at(-1)?.join(' ')}L${right + 12} ${place}"/><polyline points="${at.map((point) => point.join(',')).join(' ')}"/>${dots.join('')}<text class="name" x="${right + 16}" y="${place + 4}">${escapeHtml(name)}</text></g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(title)}"><style>${STYLE}</style><rect class="back" width="100%" height="100%"/><text x="${MARGIN.left}" y="20" font-weight="600">${escapeHtml(title)}</text>${grid.join('')}${lines.toReversed().join('')}</svg>\n`;
}

/** Heights of the names: as near to their lines' ends as they can be without one on another. */
function namePlaces(wanted: readonly number[]): number[] {
  const places = [...wanted];
  const order = [...wanted.keys()].sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  let least = MARGIN.top;
  for (const i of order) {
    places[i] = Math.max(places[i] ?? 0, least);
    least = (places[i] ?? 0) + LINE_HEIGHT;
  }
  let most = MARGIN.top + DOWN;
  for (const i of order.toReversed()) {
    places[i] = Math.min(places[i] ?? 0, most);
    most = (places[i] ?? 0) - LINE_HEIGHT;
  }
  return places;
}

interface Axis {
  readonly ticks: readonly number[];
  /** How far along it a value lies, 0 … 1. */
  readonly part: (value: number) => number;
}

/** From the power of ten below all values to the one above, or finer where that is little. */
function axisOf(values: readonly number[]): Axis {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const decades = Math.log10(high / low);
  const marks = decades > 2 ? [1] : [1, 2, 5];
  const from = Math.floor(Math.log10(low));
  const all = Array.from({ length: Math.ceil(decades) + 3 }, (_, i) => 10 ** (from + i)).flatMap((power) =>
    marks.map((mark) => mark * power),
  );
  const first = all.findLastIndex((tick) => tick <= low);
  const last = all.findIndex((tick, i) => i > first && tick >= high);
  const ticks = all.slice(first, last + 1);
  const [start = 1, end = 10] = [ticks[0], ticks.at(-1)];
  return { ticks, part: (value) => Math.log(value / start) / Math.log(end / start) };
}
