import { readFileSync } from 'node:fs';
import { LiveLibrary } from '../../src/answering/live-library.ts';
import { staleness } from '../../src/answering/staleness.ts';
import { startModel } from '../../src/embedding/child-embedder.ts';
import { corpusOf } from '../../src/indexing/corpus.ts';
import { readNewest } from '../../src/indexing/store.ts';
import type { VectorIndex } from '../../src/indexing/vector-index.ts';
import { loadSeeds } from '../../src/seeds/load.ts';
import { ExactIndex } from '../indexing/exact-index.ts';
import { placesIn } from './places.ts';
import { processorMs, spreadOf } from './processes.ts';
import type { Questions } from './results.ts';

const NEIGHBOURS = 10;
/** Of the questions that warm up, so many are told of by themselves. */
const EARLY = 20;
/** Two scores that differ by less are the same: they are added up in different orders. */
const SCORE_TOLERANCE = 1e-5;

// A process of its own, made as the bot is: the model in a child, the library here. Asks each question once, and says how
// long that took; then, of the vector search alone, how long it takes and how much of the exact scan's it finds.
const [, , folder = '', questionsFile = ''] = process.argv;
const { warmUp, measured } = JSON.parse(readFileSync(questionsFile, 'utf8')) as Questions;
const places = placesIn(folder, () => undefined);
const model = await startModel(places);
const stored = await readNewest(places.indexFolder, () => undefined);
const stale = staleness(stored, await loadSeeds(places.seedsFolder), model.embedder);
if (stored === undefined || stale !== undefined)
  throw new Error(`no index to ask: ${stale}; run the part build`);

const library = await LiveLibrary.open(places, model);
const ask = async (question: string) => {
  const started = performance.now();
  const { timings } = await library.ask(question);
  return { ...timings, took: performance.now() - started };
};
const warmedUp: number[] = [];
for (const question of warmUp) warmedUp.push((await ask(question)).took);
const times: number[] = [];
const embedding: number[] = [];
const searching: number[] = [];
const busy = () => processorMs(process.pid) + processorMs(model.pid);
const busyBefore = busy();
for (const question of measured) {
  const { took, embedMs, searchMs } = await ask(question);
  times.push(took);
  embedding.push(embedMs);
  searching.push(searchMs);
}
const processor = (busy() - busyBefore) / measured.length;
library.close();

const { dimensions } = stored.manifest;
const { passageIndex } = corpusOf({ ...stored, dimensions, units: { ...stored.units, seeds: [] } });
const passageGraph = await stored.passageGraph();
const exact = new ExactIndex(stored.passages.vectors, dimensions);
const queries = (await model.embedder.embed(measured)).map(({ vector }) => vector);
const timeOf = (search: (query: Float32Array) => unknown) =>
  spreadOf(
    queries.map((query) => {
      const started = performance.now();
      search(query);
      return performance.now() - started;
    }),
  );
const nearest = timeOf((query) => passageIndex.search(query, NEIGHBOURS));
const graph = timeOf((query) => passageGraph.search(query, NEIGHBOURS));
const scan = timeOf((query) => exact.search(query, NEIGHBOURS));
const recallOf = (index: VectorIndex) => {
  const recalls = queries.map((query) => {
    const wanted = exact.search(query, NEIGHBOURS);
    const least = (wanted.at(-1)?.score ?? 1) - SCORE_TOLERANCE;
    return index.search(query, NEIGHBOURS).filter(({ score }) => score >= least).length / wanted.length;
  });
  return recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length;
};
const result = {
  times,
  answer: spreadOf(times),
  early: spreadOf(warmedUp.slice(0, EARLY)),
  embed: spreadOf(embedding),
  search: spreadOf(searching),
  processorMs: processor,
  recall: recallOf(passageIndex),
  graphRecall: recallOf(passageGraph),
  nearest,
  graph,
  scan,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
model.close();
