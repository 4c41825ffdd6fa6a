import type { Results } from './results.ts';

const WIDTH = 460;
const HEIGHT = 280;
const MARGIN = { left: 52, right: 190, top: 16, bottom: 34 };
const COLOURS = [
  '#c0392b',
  '#2471a3',
  '#1e8449',
  '#7d3c98',
  '#b9770e',
  '#5d6d7e',
  '#117a65',
  '#a04000',
  '#34495e',
];

/** One line of a picture: values by number of passages. */
export interface Curve {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** Ours first, then the peers', as far as they are known. */
export function curvesOf({ sizes }: Results, ours: 'answer' | 'memoryMb'): Curve[] {
  const names = [...new Set(sizes.flatMap(({ peers }) => Object.keys(peers)))];
  const numberOf = (result: object) => {
    const value = (result as Record<string, unknown>)[ours];
    return typeof value === 'number' ? value : ((value as { p50?: number } | undefined)?.p50 ?? Number.NaN);
  };
  const own = { name: 'liaison', points: sizes.map((at) => ({ x: at.ours.size, y: numberOf(at.ours) })) };
  const others = names.map((name) => ({
    name,
    points: sizes.flatMap(({ ours: { size }, peers }) => {
      const result = peers[name];
      return result === undefined || typeof result === 'string' ? [] : [{ x: size, y: numberOf(result) }];
    }),
  }));
  return [own, ...others].filter(({ points }) => points.length > 0);
}

/** A picture with both axes logarithmic. */
export function svgOf(title: string, curves: readonly Curve[]): string {
  const all = curves.flatMap(({ points }) => points);
  const decades = (values: readonly number[]) => {
    const logs = values.filter((value) => value > 0).map(Math.log10);
    return {
      low: Math.floor(Math.min(...logs)),
      high: Math.max(Math.ceil(Math.max(...logs)), Math.floor(Math.min(...logs)) + 1),
    };
  };
  const [xs, ys] = [decades(all.map(({ x }) => x)), decades(all.map(({ y }) => y))];
  const across = WIDTH - MARGIN.left - MARGIN.right;
  const down = HEIGHT - MARGIN.top - MARGIN.bottom;
  const x = (value: number) => MARGIN.left + (across * (Math.log10(value) - xs.low)) / (xs.high - xs.low);
  const y = (value: number) => MARGIN.top + down - (down * (Math.log10(value) - ys.low)) / (ys.high - ys.low);
  const grid = [
    ...steps(xs).map(
      (value) =>
        `<line x1="${x(value)}" y1="${MARGIN.top}" x2="${x(value)}" y2="${MARGIN.top + down}" stroke="#ddd"/><text x="${x(value)}" y="${HEIGHT - 14}" text-anchor="middle">${value.toLocaleString('en')}</text>`,
    ),
    ...steps(ys).map(
      (value) =>
        `<line x1="${MARGIN.left}" y1="${y(value)}" x2="${MARGIN.left + across}" y2="${y(value)}" stroke="#ddd"/><text x="${MARGIN.left - 6}" y="${y(value) + 4}" text-anchor="end">${value.toLocaleString('en')}</text>`,
    ),
  ];
  const lines = curves.map(({ name, points }, i) => {
    const colour = COLOURS[i % COLOURS.length];
    const path = points.map((point) => `${x(point.x).toFixed(1)},${y(point.y).toFixed(1)}`).join(' ');
    const dots = points
      .map(
        (point) =>
          `<circle cx="${x(point.x).toFixed(1)}" cy="${y(point.y).toFixed(1)}" r="2.5" fill="${colour}"/>`,
      )
      .join('');
    const legend = MARGIN.top + 12 + 16 * i;
    return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="${i === 0 ? 3 : 1.5}"/>${dots}<text x="${WIDTH - MARGIN.right + 12}" y="${legend}" fill="${colour}"${i === 0 ? ' font-weight="700"' : ''}>${name}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="system-ui, sans-serif" font-size="11" role="img" aria-label="${title}"><rect width="100%" height="100%" fill="#fff"/>${grid.join('')}${lines.join('')}</svg>`;
}

function steps({ low, high }: { readonly low: number; readonly high: number }): number[] {
  return Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
}
