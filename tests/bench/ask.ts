import { readFileSync } from 'node:fs';
import { openLibrary } from '../../src/answering/open-library.ts';
import { startModel } from '../../src/embedding/child-embedder.ts';
import { placesIn } from './places.ts';
import { memoryOf, processorMs, spreadOf } from './processes.ts';

// A process of its own, made as the bot is: the model in a child, the library here. Asks each question of a file once
// to warm up and once to measure, and says how long that took and how much memory both processes hold.
const [, , folder = '', questionsFile = ''] = process.argv;
const questions = JSON.parse(readFileSync(questionsFile, 'utf8')) as string[];
const places = placesIn(folder, () => undefined);
const model = await startModel(places);
const library = await openLibrary(places, model.embedder);
const measured = questions.slice(0, Math.ceil(questions.length / 2));
// Others than are measured: an answer that is remembered takes no time.
for (const question of questions.slice(measured.length)) await library.ask(question);
const total: number[] = [];
const embedding: number[] = [];
const searching: number[] = [];
const busy = () => processorMs(process.pid) + processorMs(model.pid);
const busyBefore = busy();
for (const question of measured) {
  const started = performance.now();
  const { timings } = await library.ask(question);
  total.push(performance.now() - started);
  embedding.push(timings.embedMs);
  searching.push(timings.searchMs);
}
const processor = (busy() - busyBefore) / measured.length;
globalThis.gc?.();
const both = memoryOf(process.pid, model.pid);
const result = {
  answer: spreadOf(total),
  embed: spreadOf(embedding),
  search: spreadOf(searching),
  processorMs: processor,
  memoryMb: both.mb,
  rssMb: both.rssMb,
  modelMb: memoryOf(model.pid).mb,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
model.close();
