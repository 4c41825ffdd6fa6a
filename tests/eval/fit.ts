import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { evidenceOf } from '../../src/answering/judge.ts';
import { loadEmbedder } from '../../src/embedding/transformers-embedder.ts';
import { buildGeneration } from '../../src/indexing/build.ts';
import { corpusOf } from '../../src/indexing/corpus.ts';
import { ExactIndex } from '../../src/indexing/exact-index.ts';
import { FEATURE_NAMES } from '../../src/retrieval/features.ts';
import { readQuestion } from '../../src/retrieval/question.ts';
import { type Ranked, search } from '../../src/retrieval/search.ts';
import weights from '../../src/retrieval/weights.json' with { type: 'json' };
import { loadSeeds } from '../../src/seeds/load.ts';
import { type EvalSet, readPublicSets } from './datasets.ts';
import { type Contest, type Example, fitLogistic, fitRanking } from './logistic.ts';

/**
 * Makes src/retrieval/weights.json from the public sets: `node --import tsx tests/eval/fit.ts [DATA]`. The two
 * regressions look at the ranking that is in the file, so run it twice after a change to the ranking's features.
 */
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const data = process.argv[2] ?? path.join(PROJECT, '..', 'shared', 'data');
const EVERY_QUESTION = 1_000_000;
/** SelQA is a tenth of SQuAD's size and nearer to what people ask. */
const WEIGHT_OF_SET: Readonly<Record<string, number>> = { selqa: 3 };
const EVIDENCE_NAMES = Object.keys(weights.confidence).filter((name) => name !== 'bias');
const report = (line: string) => process.stderr.write(`${line}\n`);

const contests: Contest[] = [];
const confident: Example[] = [];
const onTopic: Example[] = [];
const embedder = await loadEmbedder({
  model: 'all-MiniLM-L6-v2',
  modelsFolder: path.join(PROJECT, 'embeddings', 'models'),
  report,
});
for (const set of await readPublicSets(data, { size: EVERY_QUESTION, seedNumber: 1 }, report))
  await learnFrom(set);

const fitted = {
  ranking: named(FEATURE_NAMES, fitRanking(contests)),
  confidence: named([...EVIDENCE_NAMES, 'bias'], fitLogistic(confident)),
  onTopic: named([...EVIDENCE_NAMES, 'bias'], fitLogistic(onTopic)),
};
await writeFile(path.join(PROJECT, 'src/retrieval/weights.json'), `${JSON.stringify(fitted, null, 2)}\n`);

async function learnFrom(set: EvalSet): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'liaison-fit-'));
  for (const [name, text] of set.files) await writeFile(path.join(folder, name), text);
  const seeds = await loadSeeds(folder);
  await rm(folder, { recursive: true });
  const { generation } = await buildGeneration(seeds, embedder, undefined, () => undefined);
  const exact = (rows: Float32Array) => new ExactIndex(rows, generation.dimensions);
  const corpus = corpusOf(
    generation,
    exact(generation.sentences.vectors),
    exact(generation.passages.vectors),
  );
  const weight = WEIGHT_OF_SET[set.name] ?? 1;
  report(`${set.name}: ${corpus.sentences.length} sentences, ${set.questions.length} questions`);
  for (const asked of set.questions) {
    const indexed = corpus.seeds.find(({ seed }) => seed.id === asked.seed);
    const question = readQuestion(asked.text, corpus.lexical, []);
    const [embedding] = await embedder.embed([asked.text]);
    if (indexed === undefined || embedding === undefined) continue;
    const range = { first: indexed.firstSentence, end: indexed.endSentence };
    const { ranked } = search(question, embedding, corpus, range);
    const right = ({ sentence }: Ranked) => {
      const { start = 0, end = 0 } = corpus.sentences[sentence] ?? {};
      return asked.gold.some((gold) => gold.start < end && start < gold.end);
    };
    const [best, second] = ranked;
    if (best === undefined) continue;
    if (ranked.some(right))
      contests.push({ rows: ranked.map(({ features }) => features), right: ranked.map(right), weight });
    const evidence = evidenceOf(question, best, second);
    const values = EVIDENCE_NAMES.map((name) => evidence[name] ?? 0);
    confident.push({ values, holds: right(best), weight });
    onTopic.push({ values, holds: asked.expected !== 'far', weight });
  }
}

function named(names: readonly string[], values: readonly number[]): Record<string, number> {
  return Object.fromEntries(names.map((name, i) => [name, Math.round((values[i] ?? 0) * 10_000) / 10_000]));
}
