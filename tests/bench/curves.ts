import { escapeHtml } from '../eval/html.ts';
import type { PeerAt } from './peers.ts';
import type { Results, SizeResult } from './results.ts';

const WIDTH = 720;
const HEIGHT = 360;
const MARGIN = { left: 64, right: 230, top: 34, bottom: 44 };
const ACROSS = WIDTH - MARGIN.left - MARGIN.right;
const DOWN = HEIGHT - MARGIN.top - MARGIN.bottom;
/** Between two names at the right. */
const LINE_HEIGHT = 16;
/** Both are to be read on light and on dark: the picture follows the reader's colour scheme. */
const STYLE = `.back{fill:#fff}text{fill:#24292f;font:12px system-ui,sans-serif}.grid{stroke:#d0d7de}
.limit{stroke:#57606a;stroke-dasharray:5 4}.s0{--c:#c0392b}.s1{--c:#1f6feb}.s2{--c:#0f7b6c}.s3{--c:#8250df}.s4{--c:#9a6700}
.s5{--c:#bf3989}.s6{--c:#57606a}.s7{--c:#1a7f37}.s8{--c:#7c5b3a}.s9{--c:#3b6ea8}
polyline{stroke:var(--c);fill:none;stroke-width:1.6}.s0 polyline{stroke-width:3.5}circle,.name{fill:var(--c)}.s0 .name{font-weight:700}
@media(prefers-color-scheme:dark){.back{fill:#0d1117}text{fill:#e6edf3}.grid{stroke:#30363d}.limit{stroke:#9ea7b3}
.s0{--c:#ff7b72}.s1{--c:#6cb6ff}.s2{--c:#56d4c0}.s3{--c:#c297ff}.s4{--c:#e3b341}.s5{--c:#ff9bce}.s6{--c:#9ea7b3}.s7{--c:#6fdd8b}.s8{--c:#d0b090}.s9{--c:#9cc4f0}}`;

/** One line of a picture: values by number of paragraphs. */
interface Curve {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface Picture {
  readonly title: string;
  readonly svg: string;
}

/** By name; docs/images has them too. */
export function pictures(results: Results): Readonly<Record<string, Picture>> {
  const { sizes } = results;
  const picture = (title: string, ours: Curve[], ofPeer: (peer: PeerAt) => number) => {
    const curves = [...ours, ...peerCurves(sizes, ofPeer)].filter(({ points }) => points.length > 0);
    return { title, svg: svgOf(title, curves) };
  };
  const latency = ourCurve('liaison', sizes, ({ ours }) => ours.ask?.answer.p50);
  const bot = ourCurve('liaison, through the bot', sizes, ({ ours }) => ours.bot?.p50);
  const memory = ourCurve('liaison, the whole bot', sizes, ({ ours }) => ours.bot?.rssMb);
  const index = ourCurve('liaison', sizes, ({ ours }) => ours.build?.indexSeconds);
  return {
    latency: picture(
      'Question → answer: median milliseconds, by paragraphs',
      [latency, bot],
      (peer) => peer.answer.p50,
    ),
    memory: picture('Resident memory: MB, by paragraphs', [memory], ({ rssMb }) => rssMb),
    index: picture(
      'Index build without the model: seconds, by paragraphs',
      [index],
      (peer) => peer.indexSeconds,
    ),
  };
}

function ourCurve(
  name: string,
  sizes: Results['sizes'],
  heightOf: (at: SizeResult) => number | undefined,
): Curve {
  const points = sizes.flatMap((at) => {
    const y = heightOf(at);
    return y === undefined || !(y > 0) ? [] : [{ x: at.paragraphs, y }];
  });
  return { name, points };
}

function peerCurves(sizes: Results['sizes'], heightOf: (peer: PeerAt) => number): Curve[] {
  const names = [...new Set(sizes.flatMap(({ peers }) => Object.keys(peers)))];
  return names.map((name) =>
    ourCurve(name, sizes, ({ peers: { [name]: peer } }) =>
      peer === undefined || typeof peer === 'string' ? undefined : heightOf(peer),
    ),
  );
}

/** A picture with both axes logarithmic. */
function svgOf(title: string, curves: readonly Curve[]): string {
  const all = curves.flatMap(({ points }) => points);
  const [xs, ys] = [decades(all.map(({ x }) => x)), decades(all.map(({ y }) => y))];
  const x = (value: number) => MARGIN.left + (ACROSS * (Math.log10(value) - xs.low)) / (xs.high - xs.low);
  const y = (value: number) => MARGIN.top + DOWN - (DOWN * (Math.log10(value) - ys.low)) / (ys.high - ys.low);
  const [right, bottom] = [MARGIN.left + ACROSS, MARGIN.top + DOWN];
  const grid = [
    ...steps(xs).map(
      (at) =>
        `<path class="grid" d="M${x(at)} ${MARGIN.top}V${bottom}"/><text x="${x(at)}" y="${bottom + 18}" text-anchor="middle">${at.toLocaleString('en')}</text>`,
    ),
    ...steps(ys).map(
      (at) =>
        `<path class="grid" d="M${MARGIN.left} ${y(at).toFixed(1)}H${right}"/><text x="${MARGIN.left - 8}" y="${(y(at) + 4).toFixed(1)}" text-anchor="end">${at.toLocaleString('en')}</text>`,
    ),
  ];
  const places = namePlaces(curves.map(({ points }) => y(points.at(-1)?.y ?? 1)));
  const lines = curves.map(({ name, points }, i) => {
    const at = points.map((point) => [x(point.x).toFixed(1), y(point.y).toFixed(1)] as const);
    const dots = at.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="${i === 0 ? 4 : 2.5}"/>`);
    const [endX, endY] = at.at(-1) ?? [];
    const label = places[i] ?? 0;
    return `<g class="s${i % 10}"><polyline points="${at.map((point) => point.join(',')).join(' ')}"/>${dots.join('')}<path class="grid" d="M${endX} ${endY}L${right + 12} ${label.toFixed(1)}"/><text class="name" x="${right + 16}" y="${(label + 4).toFixed(1)}">${escapeHtml(name)}</text></g>`;
  });
  // liaison's own over all others.
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escapeHtml(title)}"><style>${STYLE}</style><rect class="back" width="100%" height="100%"/><text x="${MARGIN.left}" y="18" font-weight="600">${escapeHtml(title)}</text>${grid.join('')}${lines.toReversed().join('')}</svg>\n`;
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

interface Decades {
  readonly low: number;
  readonly high: number;
}

function decades(values: readonly number[]): Decades {
  const logs = values.map(Math.log10);
  const low = Math.floor(Math.min(...logs));
  return { low, high: Math.max(Math.ceil(Math.max(...logs)), low + 1) };
}

function steps({ low, high }: Decades): number[] {
  return Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
}
