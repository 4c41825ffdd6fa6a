import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Block, Seed } from '../../src/seeds/seed.ts';

/** A seed with one body block a line; a line that begins with `[` is noise. */
export function seedOfLines(id: string, text: string): Seed {
  const blocks: Block[] = [];
  const paragraphs = new Map<string, number>();
  let start = 0;
  for (const line of text.split('\n')) {
    const words = line.trim();
    const noise = words.startsWith('[');
    const repeated = paragraphs.has(words);
    if (!noise && !repeated && words !== '') paragraphs.set(words, paragraphs.size + 1);
    if (words !== '') {
      const from = start + line.indexOf(words);
      const paragraph = noise ? 0 : (paragraphs.get(words) ?? 0);
      const kind = noise ? 'noise' : 'body';
      blocks.push({ kind, paragraph, repeated, level: 0, start: from, end: from + words.length });
    }
    start += line.length + 1;
  }
  const metadata = { title: id, publisher: null, updated: null, url: null, aliases: [], examples: [] };
  const digest = createHash('sha256').update(text).digest('hex');
  return { id, path: `seeds/${id}.txt`, text, digest, blocks, ...metadata };
}

export const KAESONG = seedOfLines(
  'inter-korean-liaison-office',
  readFileSync(new URL('../../seeds/inter-korean-liaison-office.txt', import.meta.url), 'utf8'),
);

/** What a reader is shown of a place. */
export function shown({ seed, start, end }: { seed: Seed; start: number; end: number }): string {
  return seed.text.slice(start, end);
}
