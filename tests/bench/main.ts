import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import type { parseArgs } from 'node:util';
import { readConfig } from '../../src/config.ts';
import { UsageError } from '../../src/terminal/command.ts';
import { createProgress } from '../../src/terminal/progress.ts';
import { seededRandom, shuffled } from '../eval/sample.ts';
import { runMeasuring } from '../measuring.ts';
import { PARAGRAPHS_AN_ARTICLE, readSquad, recombined, SQUAD, type Squad } from './articles.ts';
import { pictures } from './curves.ts';
import { renderPage } from './html.ts';
import { measureLimits } from './limits.ts';
import { measureOurs, OUR_PARTS, type OurPart, type OursAt } from './ours.ts';
import { embedWith, installPeers, measurePeer, PEERS, type PeerAt } from './peers.ts';
import { busyShare, PROJECT, runScript } from './processes.ts';
import { type ModelSpeed, merged, type Questions, type Results, type SizeResult } from './results.ts';
import { renderTable } from './table.ts';

const PARTS = ['limits', 'model', 'build', 'ask', 'peers', 'start', 'bot', 'change'] as const;
const USAGE = `usage: npm run bench -- [options]

Measures liaison and what people would use instead, in turn, on the same texts and this machine. All sizes take some 25
minutes and 20 GB of disk on two cores; --sizes 1,100,1000 takes five minutes.

  --sizes LIST     paragraphs, ascending; 1,100,1000,10000,100000 by default
  --parts LIST     of ${PARTS.join(', ')}; all by default
  --peers WHICH    all (by default), none, or names separated by commas
  --budget S       seconds that one peer may take at one size, asked fewer questions if need be; 90 by default
  --real N         paragraphs that go through the model; further texts get noisy copies. All of SQuAD's by default
  --questions N    questions to measure by, with as many to warm up; 100 by default
  --data FILE      SQuAD's articles.json; ../shared/data/squad2 beside the project by default
  --folder DIR     keeps articles, index and results there: a later run adds its parts and sizes to them
  --json           print one JSON object in place of tables
  --html FILE      write a page with curves as well
  --svg DIR        write the curves as pictures as well`;

const options = {
  sizes: { type: 'string', default: '1,100,1000,10000,100000' },
  parts: { type: 'string', default: PARTS.join(',') },
  peers: { type: 'string', default: 'all' },
  budget: { type: 'string', default: '90' },
  real: { type: 'string', default: '1789' },
  questions: { type: 'string', default: '100' },
  data: { type: 'string', default: SQUAD },
  folder: { type: 'string' },
  json: { type: 'boolean' },
  html: { type: 'string' },
  svg: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Part = (typeof PARTS)[number];
type Flags = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

/** What all sizes have in common. */
interface Run {
  readonly parts: ReadonlySet<Part>;
  readonly peers: readonly string[];
  readonly budgetSeconds: number;
  readonly real: number;
  readonly data: string;
  readonly squad: Squad;
  readonly questions: Questions;
  readonly folder: string;
}

/** Passages that embedders are compared by. */
const EMBEDDED = 320;
/** Passages that the peers' shared vectors are made of. */
const PEER_VECTORS = 1000;
const VECTORS = 'vectors.f32';
/** For an embedder that takes seconds for them. */
const FEW = 32;

const progress = createProgress(process.stderr);
let busy: Record<string, number> = {};
await runMeasuring({ usage: USAGE, options }, progress, bench);

async function bench(flags: Flags): Promise<void> {
  const { calledFrom } = readConfig();
  const named = (name: string) => path.resolve(calledFrom, name);
  const sizes = flags.sizes.split(',').map((size) => wholeNumber('sizes', size));
  if (sizes.some((size, i) => i > 0 && size <= (sizes[i - 1] ?? 0))) throw new UsageError('--sizes ascend');
  const run = await prepare(flags, named);
  if (run.peers.length > 0) await installPeers(progress.report);
  const file = path.join(run.folder, 'results.json');
  let results = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Results) : undefined;
  const add = (part: Partial<Results>) => {
    results = merged(results, { machine: machine(), code: code(), busy, sizes: [], ...part });
    writeFileSync(file, JSON.stringify(results, null, 1));
  };
  if (run.parts.has('limits')) add({ limits: await measured('limits', () => measureLimits(run.folder)) });
  if (run.parts.has('model')) add({ model: await measured('the model', () => modelSpeed(run)) });
  for (const size of sizes) await measureSize(size, run, (at) => add({ sizes: [at] }));
  if (results === undefined) throw new UsageError('--parts: nothing is to be measured');
  process.stdout.write(flags.json ? `${JSON.stringify(results, null, 1)}\n` : renderTable(results));
  if (flags.html !== undefined) writeFileSync(named(flags.html), renderPage(results));
  if (flags.svg === undefined) return;
  mkdirSync(named(flags.svg), { recursive: true });
  for (const [name, svg] of Object.entries(pictures(results))) {
    writeFileSync(path.join(named(flags.svg), `${name}.svg`), svg);
  }
}

async function prepare(flags: Flags, named: (name: string) => string): Promise<Run> {
  const parts = new Set(flags.parts.split(',').map((part) => oneOf(PARTS, 'parts', part)));
  const data = named(flags.data);
  const count = wholeNumber('questions', flags.questions);
  const numbers = {
    budgetSeconds: wholeNumber('budget', flags.budget),
    real: wholeNumber('real', flags.real),
  };
  const peers = parts.has('peers') || parts.has('model') ? peersOf(flags.peers) : [];
  const squad = await readSquad(data);
  const drawn = shuffled(squad.questions, seededRandom(3));
  const questions = { measured: drawn.slice(0, count), warmUp: drawn.slice(count, 2 * count) };
  const folder = flags.folder === undefined ? temporaryFolder() : named(flags.folder);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'questions.json'), JSON.stringify(questions));
  return { parts, peers, ...numbers, data, squad, questions, folder };
}

/** Measures a part, and says what. */
async function measured<Result>(what: string, measure: () => Promise<Result>): Promise<Result> {
  progress.report(what);
  busy = { ...busy, [what]: await busyShare() };
  return await measure();
}

async function modelSpeed(run: Run): Promise<ModelSpeed> {
  const { folder, squad, peers } = run;
  const file = path.join(folder, 'passages.json');
  writeFileSync(file, JSON.stringify(squad.paragraphs.slice(0, EMBEDDED)));
  const plain = (await runScript('tests/bench/plain.ts', [file])) as ModelSpeed;
  if (peers.length === 0) return { ...plain, peers: {} };
  const few = { folder, texts: squad.paragraphs.slice(0, FEW), vectorsFile: path.join(folder, 'unused.f32') };
  const slow = await embedWith('@lat.md/embed', few).catch(({ message }: Error) => message);
  return { ...plain, peers: { 'LangChain.js': await shareVectors(run), '@lat.md/embed': slow } };
}

/** Lets LangChain.js embed what all peers that need vectors share. @returns passages a second */
function shareVectors({ folder, squad }: Run): Promise<number> {
  progress.report(`LangChain.js embeds ${PEER_VECTORS} passages, whose vectors all peers share`);
  const texts = squad.paragraphs.slice(0, PEER_VECTORS);
  return embedWith('LangChain.js', { folder, texts, vectorsFile: path.join(folder, VECTORS) });
}

async function measureSize(paragraphs: number, run: Run, add: (at: SizeResult) => void): Promise<void> {
  const { parts, folder, data } = run;
  const { report } = progress;
  const place = {
    paragraphs,
    folder: path.join(folder, `size-${paragraphs}`),
    questionsFile: path.join(folder, 'questions.json'),
    realArticles: Math.ceil(run.real / PARAGRAPHS_AN_ARTICLE),
    data,
    report: (line: string) => report(`  ${line}`),
  };
  const at = (ours: OursAt, peers: SizeResult['peers'] = {}) => add({ paragraphs, ours, peers });
  const measure = async (part: OurPart) => {
    const { result, times } = await measured(`${paragraphs} paragraphs: ${part}`, () =>
      measureOurs(part, place),
    );
    at(result);
    return times;
  };
  for (const part of OUR_PARTS) {
    // What the peers are compared with is measured right before them.
    if (part === 'ask' && parts.has('peers') && run.peers.length > 0) {
      if (!existsSync(path.join(folder, VECTORS))) await shareVectors(run);
      const oursMs = await measure('ask');
      for (const name of run.peers) at({}, { [name]: await peerAt(name, paragraphs, oursMs, run) });
    } else if (parts.has(part)) await measure(part);
  }
}

function peerAt(name: string, paragraphs: number, oursMs: number[], run: Run): Promise<PeerAt | string> {
  const { folder, squad, questions, budgetSeconds } = run;
  const texts = recombined(squad.paragraphs, paragraphs);
  const passages = { folder, texts, vectorsFile: path.join(folder, VECTORS) };
  const report = (line: string) => progress.report(`  ${line}`);
  return measured(`${paragraphs} paragraphs: ${name}`, () =>
    measurePeer(name, passages, questions, { oursMs, budgetSeconds, report }).catch(({ message }: Error) => {
      progress.report(`${name} is skipped at ${paragraphs} paragraphs: ${message}`);
      return message;
    }),
  );
}

function peersOf(which: string): string[] {
  if (which === 'none') return [];
  const names = Object.keys(PEERS);
  return which === 'all' ? names : which.split(',').map((name) => oneOf(names, 'peers', name.trim()));
}

function oneOf<Name extends string>(known: readonly Name[], flag: string, given: string): Name {
  const found = known.find((name) => name === given);
  if (found !== undefined) return found;
  throw new UsageError(`--${flag}: no ${given}; there are ${known.join('; ')}`);
}

function wholeNumber(name: string, given: string): number {
  const number = Number(given);
  if (Number.isSafeInteger(number) && number >= 1) return number;
  throw new UsageError(`--${name} takes whole numbers from 1`);
}

function machine(): string {
  return `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node.js ${process.versions.node}`;
}

function code(): string {
  try {
    const args = ['describe', '--always', '--dirty'];
    return execFileSync('git', args, { cwd: PROJECT, encoding: 'utf8' }).trim();
  } catch {
    return 'code of an unknown state';
  }
}

/** A folder that goes when the process does. */
function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'liaison-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
