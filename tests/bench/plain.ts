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
const rates: { ours: number; plain: number }[] = [];
for (let at = 0; at < fitting.length; at += BATCH) {
  const texts = fitting.slice(at, at + BATCH);
  const started = performance.now();
  await plain(texts);
  const between = performance.now();
  await ours.embed(texts);
  const ended = performance.now();
  rates.push({
    plain: (1000 * texts.length) / (between - started),
    ours: (1000 * texts.length) / (ended - between),
  });
}
const result = {
  ours: spreadOf(rates.map(({ ours }) => ours)),
  plain: spreadOf(rates.map(({ plain }) => plain)),
  ratios: rates.map((rate) => rate.ours / rate.plain).sort((a, b) => a - b),
};
process.stdout.write(`${JSON.stringify(result)}\n`);
