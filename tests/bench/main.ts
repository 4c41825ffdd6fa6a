import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { parseArgs } from 'node:util';
import { readConfig } from '../../src/config.ts';
import { OperatorError } from '../../src/operator-error.ts';
import { UsageError } from '../../src/terminal/command.ts';
import { createProgress } from '../../src/terminal/progress.ts';
import { seededRandom, shuffled } from '../eval/sample.ts';
import { runMeasuring } from '../measuring.ts';
import { renderPage } from './html.ts';
import { measureLimits } from './limits.ts';
import { measureOurs } from './ours.ts';
import { installPeers, measurePeer, PEERS } from './peers.ts';
import { runScript } from './processes.ts';
import type { Embedding, Results, SizeResult } from './results.ts';
import { renderTable } from './table.ts';

const USAGE = `usage: npm run bench -- [options]

Measures liaison and what people would use instead, in turn, on the same texts and this machine.

  --sizes LIST     passages, ascending; 1,100,1000 by default (10000 takes half an hour, 100000 longer still)
  --peers WHICH    all (by default), none, or names separated by commas
  --real N         texts that go through the model at each size, the rest get noisy copies; 7000 by default
  --peer-real N    the same for the peers' passages; 200 by default
  --questions N    questions to measure by; 100 by default
  --embedded N     passages to compare the model with @xenova/transformers by; 160 by default
  --data FILE      SQuAD's articles.json; ../shared/data/squad2 beside the project by default
  --folder DIR     keeps articles and index there for the next run; else they go when it ends
  --json           print one JSON object in place of tables
  --html FILE      write a page with curves as well`;
const DATA = fileURLToPath(new URL('../../../shared/data/squad2/articles.json', import.meta.url));

const options = {
  sizes: { type: 'string', default: '1,100,1000' },
  peers: { type: 'string', default: 'all' },
  real: { type: 'string', default: '7000' },
  'peer-real': { type: 'string', default: '200' },
  questions: { type: 'string', default: '100' },
  embedded: { type: 'string', default: '160' },
  data: { type: 'string' },
  folder: { type: 'string' },
  json: { type: 'boolean' },
  html: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Flags = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

const progress = createProgress(process.stderr);
await runMeasuring({ usage: USAGE, options }, progress, bench);

async function bench(flags: Flags): Promise<void> {
  const { calledFrom } = readConfig();
  const sizes = flags.sizes.split(',').map((size) => wholeNumber('sizes', size));
  if (sizes.some((size, i) => i > 0 && size <= (sizes[i - 1] ?? 0))) throw new UsageError('--sizes ascend');
  const names = peersOf(flags.peers);
  const data = flags.data === undefined ? DATA : path.resolve(calledFrom, flags.data);
  const texts = await readTexts(data, wholeNumber('questions', flags.questions));
  const folder = flags.folder === undefined ? temporaryFolder() : path.resolve(calledFrom, flags.folder);
  if (names.length > 0) await installPeers(progress.report);
  const results: Results = {
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node.js ${process.versions.node}`,
    limits: await measureLimits(folder),
    embedding: await embedding(texts.paragraphs.slice(0, wholeNumber('embedded', flags.embedded)), folder),
    sizes: [],
  };
  const counts = {
    real: wholeNumber('real', flags.real),
    peerReal: wholeNumber('peer-real', flags['peer-real']),
  };
  for (const size of sizes) {
    const at = await measureSize(size, texts, names, folder, counts, data);
    results.sizes.push(at);
    if (!flags.json) process.stdout.write(renderTable({ ...results, sizes: [at] }));
  }
  if (flags.json) process.stdout.write(`${JSON.stringify(results, null, 1)}\n`);
  if (flags.html !== undefined) writeFileSync(path.resolve(calledFrom, flags.html), renderPage(results));
}

async function measureSize(
  size: number,
  texts: Texts,
  names: readonly string[],
  folder: string,
  counts: { readonly real: number; readonly peerReal: number },
  data: string,
): Promise<SizeResult> {
  const questionsFile = path.join(folder, 'questions.json');
  // As many again to warm up with.
  writeFileSync(questionsFile, JSON.stringify(texts.questions));
  const { report } = progress;
  const ours = await measureOurs(size, { folder, questionsFile, realTexts: counts.real, report, data });
  const peers: SizeResult['peers'] = {};
  const asked = texts.questions.slice(0, Math.ceil(texts.questions.length / 2) + 20);
  for (const name of names) {
    report(`${name}, ${size} passages`);
    const passages = Array.from(
      { length: size },
      (_, i) => texts.paragraphs[i % texts.paragraphs.length] ?? '',
    );
    const how = { folder, realTexts: counts.peerReal };
    peers[name] = await measurePeer(name, passages, asked, how).catch(
      (error: Error) => error.message.split('\n')[0] ?? '',
    );
  }
  return { ours, peers };
}

async function embedding(paragraphs: readonly string[], folder: string): Promise<Embedding> {
  progress.report('embedding passages, and the same with @xenova/transformers used plainly');
  const file = path.join(folder, 'passages.json');
  writeFileSync(file, JSON.stringify(paragraphs));
  return (await runScript('tests/bench/plain.ts', [file])).result as Embedding;
}

interface Texts {
  readonly paragraphs: readonly string[];
  readonly questions: readonly string[];
}

/** @throws {OperatorError} when the data is not there */
async function readTexts(file: string, questions: number): Promise<Texts> {
  const json = await readFile(file, 'utf8').catch((cause) => {
    throw new OperatorError(`${file}: absent; --data FILE names SQuAD's articles.json`, { cause });
  });
  const { data } = JSON.parse(json) as {
    data: { paragraphs: { context: string; qas: { question: string }[] }[] }[];
  };
  const paragraphs = data.flatMap((article) => article.paragraphs);
  const asked = paragraphs.flatMap(({ qas }) => qas.map(({ question }) => question));
  return {
    paragraphs: paragraphs.map(({ context }) => context.replace(/\s+/g, ' ').trim()),
    questions: shuffled(asked, seededRandom(3)).slice(0, 2 * questions),
  };
}

function peersOf(which: string): string[] {
  if (which === 'none') return [];
  if (which === 'all') return Object.keys(PEERS);
  const names = which.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !Object.hasOwn(PEERS, name));
  if (unknown === undefined) return names;
  throw new UsageError(`--peers: no peer ${unknown}; there are ${Object.keys(PEERS).join(', ')}`);
}

function wholeNumber(name: string, given: string): number {
  const number = Number(given);
  if (Number.isSafeInteger(number) && number >= 1) return number;
  throw new UsageError(`--${name} takes whole numbers from 1`);
}

/** A folder that goes when the process does. */
function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'liaison-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
