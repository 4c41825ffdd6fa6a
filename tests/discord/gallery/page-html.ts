import { readFileSync } from 'node:fs';
import { escaped } from './markdown.ts';
import { messageHtml } from './message-html.ts';
import type { Shot } from './shot.ts';

const STYLE = readFileSync(new URL('gallery.css', import.meta.url), 'utf8');

export interface Layout {
  /** Width of a column in CSS pixels. */
  readonly width: number;
  /** Whether each shot is headed by its kind. */
  readonly named: boolean;
}

/** A page that needs nothing but itself: columns of shots, read from top to bottom. */
export function pageHtml(columns: readonly (readonly Shot[])[], { width, named }: Layout): string {
  const shown = columns.map((shots) => {
    return `<div class="column">${shots.map((shot) => shotHtml(shot, named)).join('\n')}</div>`;
  });
  return `<!doctype html>
<html lang="en" style="--width: ${width}px">
<meta charset="utf-8">
<title>What liaison says in Discord</title>
<style>${STYLE}</style>
<div class="columns">${shown.join('\n')}</div>
</html>
`;
}

function shotHtml(shot: Shot, named: boolean): string {
  const { kind, said, used, message, ephemeral, locale } = shot;
  const person = '<div class="avatar person">A</div>';
  const author = '<header><span class="name">alice</span><time>12:09</time></header>';
  const before =
    said === null
      ? ''
      : `<div class="line said">${person}<div class="body">${author}<div class="words">${escaped(said)}</div></div></div>`;
  const reply = used === null ? `@alice ${said ?? ''}` : `alice used ${used}`;
  return `<section class="shot" lang="${locale}">
${named ? `<h6>${escaped(kind)}</h6>` : ''}${before}
<div class="reply">${escaped(reply)}</div>
<div class="line"><div class="avatar">l</div><div class="body">
<header><span class="name">liaison</span><span class="app">APP</span><time>12:09</time></header>
${messageHtml(message)}
${ephemeral ? '<div class="ephemeral">Only you can see this</div>' : ''}
</div></div></section>`;
}
