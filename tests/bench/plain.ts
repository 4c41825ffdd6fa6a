import { readFileSync } from 'node:fs';
import { env, pipeline } from '@xenova/transformers';
import { FULL_MODEL, prepareModel } from '../../src/embedding/model-files.ts';
import { loadEmbedder } from '../../src/embedding/transformers-embedder.ts';
import { placesIn } from './places.ts';
import { spreadOf } from './processes.ts';

/** As its documentation shows it: the unrounded graph, so many texts at a time, in the order they come. */
const BATCH = 32;

// A process of its own: the same passages through liaison's embedder and through @xenova/transformers used plainly, a
// batch of the one after a batch of the other, so that whatever else this machine does slows both.
const [, , passagesFile = ''] = process.argv;
const passages = JSON.parse(readFileSync(passagesFile, 'utf8')) as string[];
const places = placesIn('.', () => undefined);
const ours = await loadEmbedder(places);
const fitting = passages.filter((text) => ours.countTokens(text) <= ours.maxTokens);
await prepareModel(FULL_MODEL, places.modelsFolder, () => undefined);
env.allowRemoteModels = false;
env.localModelPath = places.modelsFolder;
const extract = await pipeline('feature-extraction', FULL_MODEL, { quantized: false });
const plain = (texts: string[]) => extract(texts, { pooling: 'mean', normalize: true });

await plain(fitting.slice(0, 2));
await ours.embed(fitting.slice(0, 2));
const batches = [];
for (let at = 0; at < fitting.length; at += BATCH) {
  const texts = fitting.slice(at, at + BATCH);
  const started = performance.now();
  await plain(texts);
  const between = performance.now();
  await ours.embed(texts);
  const tokens = texts.reduce((sum, text) => sum + ours.countTokens(text), 0);
  batches.push({
    texts: texts.length,
    tokens,
    plainMs: between - started,
    oursMs: performance.now() - between,
  });
}
const result = {
  ours: spreadOf(batches.map(({ texts, oursMs }) => (1000 * texts) / oursMs)),
  plain: spreadOf(batches.map(({ texts, plainMs }) => (1000 * texts) / plainMs)),
  ratio: spreadOf(batches.map(({ plainMs, oursMs }) => plainMs / oursMs)),
  oursTokens: spreadOf(batches.map(({ tokens, oursMs }) => (1000 * tokens) / oursMs)).p50,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
