import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FULL_MODEL, prepareModel } from '../../src/embedding/model-files.ts';
import { OperatorError } from '../../src/operator-error.ts';
import { placesIn } from './places.ts';
import { PROJECT, runScript, type Spread, spreadOf } from './processes.ts';
import type { Questions } from './results.ts';

const BY_MEANING = 'passages by meaning; no sentence, no refusal';
export const BY_WORDS = 'passages by words only; no sentence, no refusal';
/** What each can do of the whole job, which is: a question in, verbatim sentences with their places and a judgement out. */
export const PEERS: Readonly<Record<string, string>> = {
  'LangChain.js + HNSWLib': BY_MEANING,
  'LangChain.js + MemoryVectorStore': BY_MEANING,
  'Orama (hybrid)': 'passages by words and meaning; no sentence, no refusal',
  'Orama (vector)': BY_MEANING,
  vectra: BY_MEANING,
  '@lat.md/embed + brute force': BY_MEANING,
  'Orama (text)': BY_WORDS,
  MiniSearch: BY_WORDS,
  'wink-bm25-text-search': BY_WORDS,
};

/** One peer at one size; milliseconds, seconds, MB. */
export interface PeerAt {
  /** Without the model's time. */
  readonly indexSeconds: number;
  readonly answer: Spread;
  /** How many times as long as liaison it takes for the same question. */
  readonly ratio: Spread;
  /** Processor time of a question, all threads'. */
  readonly processorMs: number;
  readonly rssMb: number;
  readonly pssMb: number;
}

const FOLDER = path.join(PROJECT, 'tests', 'bench', 'peers');
const SCRIPT = path.join(FOLDER, 'run.mjs');

/**
 * Installs the peers from the registry, in a folder of their own.
 * @throws {OperatorError} when npm fails
 */
export async function installPeers(report: (line: string) => void): Promise<void> {
  if (existsSync(path.join(FOLDER, 'node_modules', '.package-lock.json'))) return;
  report('installing the peers from the registry (npm ci in tests/bench/peers, some 730 MB)');
  const args = [
    'ci',
    '--ignore-scripts',
    '--legacy-peer-deps',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const npm = spawn('npm', args, { cwd: FOLDER, stdio: ['ignore', 'ignore', 'inherit'] });
  const status = await new Promise((resolve) => npm.once('close', resolve).once('error', resolve));
  if (status === 0) return;
  throw new OperatorError('peers: npm ci in tests/bench/peers failed; mend that, or run with --peers none');
}

/** Passages, and the vectors of the first of them, that all peers share. */
export interface Passages {
  readonly folder: string;
  readonly texts: readonly string[];
  /** 32-bit floats, one row a passage; further passages get noisy copies. */
  readonly vectorsFile: string;
}

/**
 * Lets a peer's own embedder embed passages, and writes their vectors.
 * @returns passages a second
 */
export async function embedWith(name: string, passages: Passages): Promise<number> {
  const { perSecond } = (await run('embed', name, passages, {})) as { perSecond: number };
  return perSecond;
}

/**
 * One peer's part of the job.
 * @param oursMs how long liaison took for each of the questions that are measured
 * @throws {Error} in one line, when it fails or is not done within the budget
 */
export async function measurePeer(
  name: string,
  passages: Passages,
  questions: Questions,
  how: {
    readonly oursMs: readonly number[];
    readonly budgetSeconds: number;
    readonly report: (line: string) => void;
  },
): Promise<PeerAt> {
  const { oursMs, budgetSeconds } = how;
  const { times, ...result } = (await run(
    'ask',
    name,
    { ...passages, questions, budgetSeconds },
    how,
  )) as Omit<PeerAt, 'answer' | 'ratio'> & { times: number[] };
  const ratio = spreadOf(times.map((ms, i) => ms / (oursMs[i] ?? Number.NaN)));
  return { ...result, answer: spreadOf(times), ratio };
}

async function run(
  mode: string,
  name: string,
  input: Passages & { readonly questions?: Questions; readonly budgetSeconds?: number },
  how: object,
): Promise<unknown> {
  const { modelsFolder } = placesIn(input.folder, () => undefined);
  await prepareModel(FULL_MODEL, modelsFolder, () => undefined);
  const file = path.join(input.folder, 'peer.json');
  await writeFile(file, JSON.stringify({ ...input, model: FULL_MODEL, modelsFolder }));
  return runScript(SCRIPT, [mode, name, file], { cwd: FOLDER, ...how });
}
