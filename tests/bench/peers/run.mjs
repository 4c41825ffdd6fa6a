// A process of its own for one peer. `embed`: its embedder makes the vectors that all peers share. `ask`: it indexes the
// passages of a file, and is asked its questions.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { embedders, peers } from './peers.mjs';

const [, , mode, name, inputFile] = process.argv;
const input = JSON.parse(readFileSync(inputFile, 'utf8'));
const DIMENSIONS = 384;
const NOISE = 0.6;
const print = (result) => process.stdout.write(`${JSON.stringify(result)}\n`);

/** As liaison's own are copied. */
function noisy(vector) {
  const noise = unit(vector.map(() => Math.random() - 0.5));
  return unit(vector.map((number, d) => number + NOISE * noise[d]));
}

function unit(vector) {
  const length = Math.sqrt(vector.reduce((sum, number) => sum + number * number, 0));
  return vector.map((number) => number / length);
}

function vectors() {
  const floats = new Float32Array(Uint8Array.from(readFileSync(input.vectorsFile)).buffer);
  const real = floats.length / DIMENSIONS;
  const row = (i) => Array.from(floats.subarray(i * DIMENSIONS, (i + 1) * DIMENSIONS));
  return input.texts.map((_, i) => (i < real ? row(i) : noisy(row(i % real))));
}

async function embed() {
  const embedder = await embedders[name](input);
  await embedder.embedMany(input.texts.slice(0, 2));
  const started = performance.now();
  const made = await embedder.embedMany(input.texts);
  const perSecond = (1000 * input.texts.length) / (performance.now() - started);
  writeFileSync(input.vectorsFile, Float32Array.from(made.flatMap((vector) => [...vector])));
  print({ perSecond });
}

/** Resident memory in MB; shared pages are counted in equal parts in the second. */
function memory() {
  const rollup = readFileSync('/proc/self/smaps_rollup', 'utf8');
  const megabytes = (part) =>
    (Number(new RegExp(`^${part}:\\s+(\\d+) kB$`, 'm').exec(rollup)[1]) * 1024) / 1e6;
  return { rssMb: megabytes('Rss'), pssMb: megabytes('Pss') };
}

async function ask() {
  const peer = await peers[name](input);
  const given = peer.usesVectors ? vectors() : [];
  process.stderr.write('· indexing\n');
  const started = performance.now();
  const answer = await peer.index(input.texts, given);
  const indexSeconds = (performance.now() - started) / 1000;
  process.stderr.write(`· indexed in ${indexSeconds.toFixed(1)} s, asking\n`);
  // A slow one is asked fewer questions, and the first of its budget's three parts warms it up.
  const left = 1000 * input.budgetSeconds - performance.now();
  const warmUntil = performance.now() + left / 3;
  for (const question of input.questions.warmUp) if (performance.now() < warmUntil) await answer(question);
  const until = performance.now() + left / 3;
  const times = [];
  const busy = process.cpuUsage();
  for (const question of input.questions.measured) {
    if (performance.now() > until) break;
    const before = performance.now();
    const found = await answer(question);
    times.push(performance.now() - before);
    if (!Array.isArray(found)) throw new Error(`${name} found nothing for ${question}`);
  }
  const { user, system } = process.cpuUsage(busy);
  globalThis.gc?.();
  print({ indexSeconds, times, processorMs: (user + system) / 1000 / times.length, ...memory() });
  if (peer.folder) rmSync(peer.folder, { recursive: true });
}

await { embed, ask }[mode]();
process.exit(0);
