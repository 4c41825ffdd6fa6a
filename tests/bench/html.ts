import { escapeHtml } from '../eval/html.ts';
import { curvesOf, svgOf } from './curves.ts';
import type { Results } from './results.ts';
import { renderTable } from './table.ts';

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:80rem;margin:2rem auto;padding:0 1rem;color:#222}
pre{overflow-x:auto;background:#f6f6f6;padding:1rem}figure{display:inline-block;margin:0 2rem 1rem 0}figcaption{font-weight:600}`;

/** The pictures by name; docs/images has them too. */
export function pictures(results: Results): Readonly<Record<string, { title: string; svg: string }>> {
  const latency = 'Question → answer, median milliseconds, by passages';
  const memory = 'Resident memory, MiB, by passages';
  return {
    latency: { title: latency, svg: svgOf(latency, curvesOf(results, 'answer')) },
    memory: { title: memory, svg: svgOf(memory, curvesOf(results, 'memoryMb')) },
  };
}

/** One page, with nothing fetched from elsewhere. */
export function renderPage(results: Results): string {
  const figures = Object.values(pictures(results)).map(
    ({ title, svg }) => `<figure><figcaption>${escapeHtml(title)}</figcaption>${svg}</figure>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>liaison: speed and size</title><style>${STYLE}</style><h1>Speed and size</h1>
${figures.join('\n')}<pre>${escapeHtml(renderTable(results))}</pre></html>\n`;
}
