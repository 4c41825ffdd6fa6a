import { buildGeneration } from '../../src/indexing/build.ts';
import { Journal } from '../../src/indexing/journal.ts';
import { seedOfLines } from '../answering/seed-of-lines.ts';
import { fakeEmbedder } from './fake-embedder.ts';

/** Builds an index of so many lines and is killed, as by `kill -9`, when the third batch is to be embedded. */
const [, , folder = '', lines = ''] = process.argv;
let batches = 0;
const mortal: typeof fakeEmbedder = {
  ...fakeEmbedder,
  async embed(texts) {
    batches++;
    if (batches === 3) process.kill(process.pid, 'SIGKILL');
    return fakeEmbedder.embed(texts);
  },
};
const seed = seedOfLines(
  'long',
  Array.from({ length: Number(lines) }, (_, i) => `Line ${i} is here.`).join('\n'),
);
const journal = await Journal.open(folder, fakeEmbedder.fingerprint);
await buildGeneration([seed], mortal, undefined, { journal });
