import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SOURCE = fileURLToPath(new URL('../src', import.meta.url));
/** From left to right; a folder may import itself and those before it. */
const FOLDERS = ['seeds', 'chunks', 'embedding', 'indexing', 'retrieval', 'answering', 'terminal', 'discord'];
/** Where a package or a global may be used. */
const CONFINED = [
  [/from 'hnswlib-node'/, ['indexing/hnsw-index.ts']],
  [/from '@xenova\/transformers'/, ['embedding/transformers-embedder.ts']],
  [/from 'onnxruntime-node'/, ['embedding/transformers-embedder.ts']],
  [/process\.env/, ['config.ts']],
] as const;

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, code: readFileSync(path.join(SOURCE, file), 'utf8') }));

function importsOf(file: string, code: string): string[] {
  const targets = [...code.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, target = '']) => target);
  return targets.map((target) => path.join(path.dirname(file), target));
}

describe('the one way through the house', () => {
  it.each(files)('$file imports only what lies to its left', ({ file, code }) => {
    const own = FOLDERS.indexOf(file.split(path.sep)[0] ?? '');
    if (own < 0) return;
    for (const target of importsOf(file, code)) {
      const other = FOLDERS.indexOf(target.split(path.sep)[0] ?? '');
      expect(other, `${file} imports ${target}`).toBeLessThanOrEqual(own);
    }
  });

  it.each(CONFINED)('%s stands only in %j', (pattern, allowed) => {
    const users = files
      .filter(({ code }) => pattern.test(code))
      .map(({ file }) => file.replaceAll('\\', '/'));
    expect(users).toEqual([...allowed]);
  });

  it('uses discord.js only under discord/', () => {
    const users = files.filter(({ code }) => /from 'discord\.js'/.test(code)).map(({ file }) => file);
    expect(users.filter((file) => !file.startsWith('discord'))).toEqual([]);
  });
});
