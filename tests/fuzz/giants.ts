import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { MAX_OFFERED_BYTES } from '../../src/seeds/offered-file.ts';

const ENTRY = fileURLToPath(new URL('./giant-child.ts', import.meta.url));
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
/** What the product's own process for pages may take, and twice that for a file of the operator. */
const MAX_HEAP_MB = 1024;

/** Pieces of which a file of the largest size is made, each to hurt another part of the reading. */
const PIECES = [
  ...[
    'a',
    'A',
    '1',
    ' ',
    '\t',
    '\n',
    '\r',
    'a\n',
    'a\n\n',
    'A b\n',
    '.',
    '. ',
    'a. ',
    'A.',
    'a.b',
    '!',
    '…',
    '"',
    '“',
    '(',
    ')',
    '()',
    '[',
    '[1]',
  ],
  ...[
    '#',
    '# a\n',
    '> ',
    '- ',
    '- a\n',
    '1. ',
    '```\n',
    '|',
    '|a|b|\n',
    '|---|\n',
    '<!--',
    '-->',
    '<',
    '<b>',
    '![',
    '![](a)',
    '![b](a)',
    '[a](',
    '[a]: ',
    '---\n',
    '*',
  ],
  ...[
    'May 1 ',
    'By A ',
    'A B C (ABC) ',
    'A ',
    'Updated 12:09, 17-Sep-2018\n',
    '/VCG Photo\n',
    '© a',
    'U.S. ',
    '한',
    '😀',
    '\u200b',
    '\u0301',
    'é',
    'a, ',
  ],
];
const PAGES = [
  '<div>',
  '<p>',
  '<p>a</p>',
  '<a href="',
  '<table><tr><td>',
  '<!--',
  '&amp;',
  '<b>a',
  '<script>',
  'a ',
  '<ul><li>',
];

/** A file of the largest size, and how it fared. */
export interface Giant {
  readonly piece: string;
  readonly kind: 'text' | 'markdown' | 'page';
  readonly seconds: number;
  readonly peakMb: number;
  /** `read`, what refused it in a sentence, or how the process ended. */
  readonly end: string;
}

/** Reads files of the largest size that is taken from Discord, each in a process of its own. */
export async function* giants(): AsyncGenerator<Giant> {
  for (const piece of PIECES) {
    for (const kind of ['text', 'markdown'] as const) yield await giant(kind, piece, MAX_OFFERED_BYTES);
  }
  for (const piece of PAGES) yield await giant('page', piece, MAX_OFFERED_BYTES);
}

async function giant(kind: Giant['kind'], piece: string, bytes: number): Promise<Giant> {
  const child = fork(ENTRY, [kind, piece, String(bytes)], {
    cwd: PROJECT,
    execArgv: ['--import', 'tsx', `--max-old-space-size=${MAX_HEAP_MB}`],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let told: { end: string; seconds: number; peakMb: number } | undefined;
  child.on('message', (message) => {
    told = message as typeof told;
  });
  const [status, signal] = await once(child, 'exit');
  return {
    piece,
    kind,
    ...(told ?? { end: `ended: ${signal ?? status}`, seconds: Number.NaN, peakMb: Number.NaN }),
  };
}
