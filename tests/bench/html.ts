import { escapeHtml } from '../eval/html.ts';
import { pictures } from './curves.ts';
import type { Results } from './results.ts';
import { renderTable } from './table.ts';

const STYLE = `:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:92rem;margin:2rem auto;padding:0 1rem}
pre{overflow-x:auto;padding:1rem;border:1px solid #8886;font-size:13px}main{display:grid;grid-template-columns:repeat(auto-fit,minmax(34rem,1fr));gap:1rem}figure{margin:0}`;

/** One page, with nothing fetched from elsewhere. */
export function renderPage(results: Results): string {
  const figures = Object.values(pictures(results)).map((svg) => `<figure>${svg}</figure>`);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>liaison: speed and size</title><style>${STYLE}</style><h1>Speed and size</h1>
<main>${figures.join('\n')}</main><pre>${escapeHtml(renderTable(results))}</pre></html>\n`;
}
