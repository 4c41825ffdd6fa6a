import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { aliasesOf } from '../../src/answering/aliases.ts';
import { chunkSeed } from '../../src/chunks/chunk-seed.ts';
import { sentenceWords } from '../../src/indexing/terms.ts';
import { OperatorError } from '../../src/operator-error.ts';
import { loadSeeds } from '../../src/seeds/load.ts';
import { readPage } from '../../src/seeds/read-page.ts';
import { fakeEmbedder } from '../indexing/fake-embedder.ts';

// Reads one file of one piece over and over, as `giants.ts` asks, and tells how it fared.
const [, , kind = 'text', piece = 'a', bytes = '0'] = process.argv;
const text = piece.repeat(Math.floor(Number(bytes) / Buffer.byteLength(piece)));
const end = await readGiant().then(
  () => 'read',
  (error: unknown) => {
    if (!(error instanceof OperatorError)) throw error;
    return error.message.replace(/^\S+: /, '');
  },
);
const { user, system } = process.cpuUsage();
const seconds = (user + system) / 1_000_000;
process.send?.({ end, seconds, peakMb: process.resourceUsage().maxRSS / 1024 }, () => process.disconnect());

async function readGiant(): Promise<void> {
  if (kind === 'page') return void (await readPage(text));
  const folder = await mkdtemp(path.join(tmpdir(), 'liaison-giant-'));
  try {
    await writeFile(path.join(folder, kind === 'text' ? 'a.txt' : 'a.md'), text);
    for (const seed of await loadSeeds(folder)) {
      aliasesOf(seed);
      const { sentences } = chunkSeed(seed, fakeEmbedder.countTokens, fakeEmbedder.maxTokens);
      for (const { start, end: to } of sentences) sentenceWords(seed.text.slice(start, to));
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}
