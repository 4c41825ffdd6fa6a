// A process of its own for one peer: embeds and indexes the passages of a file, asks its questions, and says how long
// that took. Of the passages past `realTexts` the vectors are noisy copies, as liaison's own are.
import { readFileSync } from 'node:fs';
import { peers } from './peers.mjs';

const [, , name, inputFile] = process.argv;
const input = JSON.parse(readFileSync(inputFile, 'utf8'));

const spread = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  return { p50: at(0.5), p95: at(0.95), runs: sorted.length };
};

const counts = { texts: 0, seconds: 0 };
const counting = (embedTexts) => async (texts) => {
  const started = performance.now();
  const vectors = await embedTexts(texts);
  counts.texts += texts.length;
  counts.seconds += (performance.now() - started) / 1000;
  return vectors;
};

function noisy(vector) {
  const noise = vector.map(() => Math.random() - 0.5);
  const length = Math.hypot(...noise);
  const sum = vector.map((number, d) => number + (0.6 * noise[d]) / length);
  const all = Math.hypot(...sum);
  return sum.map((number) => number / all);
}

/** Embeds the first texts, and copies for the others. */
async function embedAll(embedTexts, texts) {
  const real = await counting(embedTexts)(texts.slice(0, input.realTexts));
  return texts.map((_, i) => real[i] ?? noisy(real[i % real.length]));
}

const peer = await peers[name](input);
const started = performance.now();
const vectors = peer.embed === undefined ? [] : await embedAll(peer.embed, input.passages);
const embedded = performance.now();
const ask = await peer.index(input.passages, vectors);
const indexed = performance.now();
const [warm, measured] = [input.questions.slice(0, 20), input.questions.slice(20)];
for (const question of warm) await ask(question);
const times = [];
const busy = process.cpuUsage();
for (const question of measured) {
  const before = performance.now();
  const found = await ask(question);
  times.push(performance.now() - before);
  if (!Array.isArray(found)) throw new Error(`${name} found nothing for ${question}`);
}
const { user, system } = process.cpuUsage(busy);
globalThis.gc?.();

/** As liaison's own is counted: shared pages in equal parts. */
function memoryMb() {
  try {
    return Number(/^Pss:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/smaps_rollup', 'utf8'))[1]) / 1024;
  } catch {
    return process.memoryUsage().rss / 2 ** 20;
  }
}

const result = {
  embeddedPerSecond: counts.texts === 0 ? null : counts.texts / counts.seconds,
  indexSeconds: (indexed - embedded) / 1000,
  allSeconds: (indexed - started) / 1000,
  answer: spread(times),
  processorMs: (user + system) / 1000 / measured.length,
  memoryMb: memoryMb(),
};
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exit(0);
