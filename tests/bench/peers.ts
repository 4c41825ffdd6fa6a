import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FULL_MODEL, prepareModel } from '../../src/embedding/model-files.ts';
import { OperatorError } from '../../src/operator-error.ts';
import { placesIn } from './places.ts';
import { PROJECT, runScript, type Spread } from './processes.ts';

/** What each can do of the whole job, which is: a question in, verbatim sentences with their places and a judgement out. */
export const PEERS: Readonly<Record<string, string>> = {
  'LangChain.js + HNSWLib': 'passages by meaning; no words, no sentence, no refusal',
  'LangChain.js + MemoryVectorStore': 'passages by meaning; no words, no sentence, no refusal',
  'Orama, hybrid': 'passages by words and meaning; no sentence, no refusal',
  'Orama, vector': 'passages by meaning; no sentence, no refusal',
  'Orama, text': 'passages by words only',
  MiniSearch: 'passages by words only',
  'wink-bm25-text-search': 'passages by words only',
  vectra: 'passages by meaning; no sentence, no refusal',
  '@lat.md/embed + brute force': 'passages by meaning; no sentence, no refusal',
};

/** Milliseconds, seconds, MiB. */
export interface PeerResult {
  /** Passages a second through the model; null where there is none. */
  readonly embeddedPerSecond: number | null;
  /** Without the model's time. */
  readonly indexSeconds: number;
  readonly answer: Spread;
  /** Processor time of a question, all threads'. */
  readonly processorMs: number;
  readonly memoryMb: number;
}

const FOLDER = path.join(PROJECT, 'tests', 'bench', 'peers');

/**
 * Installs the peers from the registry, in a folder of their own.
 * @throws {OperatorError} when npm fails
 */
export async function installPeers(report: (line: string) => void): Promise<void> {
  if (existsSync(path.join(FOLDER, 'node_modules', '.package-lock.json'))) return;
  report('installing the peers from the registry (npm ci in tests/bench/peers, some 700 MB)');
  const args = ['ci', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];
  const npm = spawn('npm', args, { cwd: FOLDER, stdio: ['ignore', 'ignore', 'inherit'] });
  const status = await new Promise((resolve) => npm.once('close', resolve).once('error', resolve));
  if (status === 0) return;
  throw new OperatorError(
    'peers: npm ci in tests/bench/peers failed; mend that, or run without --peers all (--peers none)',
  );
}

/** One peer's part of the job. @throws {Error} with what it wrote, when it fails */
export async function measurePeer(
  name: string,
  passages: readonly string[],
  questions: readonly string[],
  { folder, realTexts }: { readonly folder: string; readonly realTexts: number },
): Promise<PeerResult> {
  const { modelsFolder } = placesIn(folder, () => undefined);
  await prepareModel(FULL_MODEL, modelsFolder, () => undefined);
  const file = path.join(folder, 'peer.json');
  const input = { passages, questions, realTexts, model: FULL_MODEL, modelsFolder, folder };
  await writeFile(file, JSON.stringify(input));
  const script = path.join(FOLDER, 'run.mjs');
  return (await runScript(script, [name, file], { cwd: FOLDER, loader: false })).result as PeerResult;
}
