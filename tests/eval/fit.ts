import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { EVIDENCE_NAMES, evidenceOf } from '../../src/answering/evidence.ts';
import { sigmoid, support } from '../../src/answering/judge.ts';
import { loadEmbedder } from '../../src/embedding/transformers-embedder.ts';
import { FEATURE_NAMES } from '../../src/retrieval/features.ts';
import { readPublicSets } from './datasets.ts';
import { type Example, fitLogistic, fitRanking } from './logistic.ts';
import { auroc, calibrationError, mean, reliability } from './metrics.ts';
import { collectTrials, FOLDS, rerank, type Trial, withoutAnswer } from './trials.ts';

/**
 * Makes src/retrieval/weights.json from the public sets: `npm run fit -- [DATA]`. What it prints is measured on
 * articles that were held out; what it writes is learned from all of them.
 */
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const data = process.argv[2] ?? path.join(PROJECT, '..', 'shared', 'data');
const EVERY_QUESTION = 1_000_000;
/** SelQA is a tenth of SQuAD's size and nearer to what people ask. */
const WEIGHT_OF_SET: Readonly<Record<string, number>> = { selqa: 3 };
/** Questions about another subject are easy; so few of them keep the regressions from learning little else. */
const WEIGHT_OF_FAR = 0.3;
/** How often a question is met whose answer is not in the article but whose subject is. */
const WEIGHT_OF_ABSENT = 0.3;
const report = (line: string) => process.stderr.write(`${line}\n`);

interface Regressions {
  readonly onTopic: readonly number[];
  readonly supported: readonly number[];
  readonly met: readonly number[];
}

/** A trial's evidence, and what came of it. */
interface Case {
  readonly set: string;
  readonly fold: number;
  readonly expected: Trial['expected'] | 'absent';
  readonly evidence: readonly number[];
  readonly cosine: number;
  readonly hit: boolean;
}

const weightOf = ({ set }: { readonly set: string }) => WEIGHT_OF_SET[set] ?? 1;
const trials: Trial[] = [];
const embedder = await loadEmbedder({
  model: 'all-MiniLM-L6-v2',
  modelsFolder: path.join(PROJECT, 'embeddings', 'models'),
  report,
});
for (const set of await readPublicSets(data, { size: EVERY_QUESTION, seedNumber: 1 }, report))
  trials.push(...(await collectTrials(set, embedder, report)));

report('ranking: five folds');
const ranked = heldOut(trials, fitRankingOn, (trial, weights) => rerank(trial, weights));
printRanking();
const cases = ranked.filter(({ scope }) => scope === 'alone').flatMap(casesOf);
const supports = heldOut(cases, fitRegressionsOn, (one, regressions) => ({
  ...one,
  topic: sigmoid(linear(regressions.onTopic, one.evidence)),
  support: supportOf(regressions, one),
}));
const calibrated = heldOut(supports, fitConfidenceOn, (one, [slope = 0, bias = 0]) => ({
  ...one,
  confidence: sigmoid(slope * one.support + bias),
}));
printJudgement();

report('all articles');
const final = fitRegressionsOn(cases);
const withSupport = cases.map((one) => ({ ...one, support: supportOf(final, one) }));
const [slope = 0, bias = 0] = fitConfidenceOn(withSupport);
const fitted = {
  ranking: named(FEATURE_NAMES, fitRankingOn(trials)),
  onTopic: named([...EVIDENCE_NAMES, 'bias'], final.onTopic),
  supported: named([...EVIDENCE_NAMES, 'bias'], final.supported),
  met: named([...EVIDENCE_NAMES, 'bias'], final.met),
  confidence: named(['support', 'bias'], [slope, bias]),
};
await writeFile(path.join(PROJECT, 'src/retrieval/weights.json'), `${JSON.stringify(fitted, null, 2)}\n`);

/** Applies to each fold what was learned from the others. */
function heldOut<Item extends { readonly fold: number }, Model, Result>(
  items: readonly Item[],
  learn: (others: readonly Item[]) => Model,
  apply: (item: Item, model: Model) => Result,
): Result[] {
  return Array.from({ length: FOLDS }, (_, fold) => {
    const model = learn(items.filter((item) => item.fold !== fold));
    return items.filter((item) => item.fold === fold).map((item) => apply(item, model));
  }).flat();
}

function fitRankingOn(some: readonly Trial[]): number[] {
  const winnable = some.filter(({ right }) => right.includes(true));
  return fitRanking(
    winnable.map((trial) => ({
      rows: trial.search.ranked.map(({ features }) => features),
      priors: trial.search.ranked.map(({ prior }) => prior),
      right: trial.right,
      weight: weightOf(trial),
    })),
  );
}

function casesOf(trial: Trial): Case[] {
  const absent = trial.expected === 'answered' ? withoutAnswer(trial) : undefined;
  return [...caseOf(trial, trial.expected), ...(absent === undefined ? [] : caseOf(absent, 'absent'))];
}

function caseOf(trial: Trial, expected: Case['expected']): Case[] {
  if (trial.search.ranked.length === 0) return [];
  const { set, fold, question, search, corpus, right } = trial;
  const cosine = Math.max(...search.ranked.map((candidate) => candidate.cosine));
  const evidence = evidenceOf(question, search, corpus);
  return [{ set, fold, expected, evidence, cosine, hit: right[0] ?? false }];
}

function fitRegressionsOn(some: readonly Case[]): Regressions {
  const examples = (
    of: readonly Case['expected'][],
    holds: (one: Case) => boolean,
    weight: (one: Case) => number,
  ): Example[] =>
    some
      .filter(({ expected }) => of.includes(expected))
      .map((one) => ({ values: one.evidence, holds: holds(one), weight: weightOf(one) * weight(one) }));
  const answered = ({ expected }: Case) => expected === 'answered';
  const nearMissSets = new Set(some.filter(({ expected }) => expected === 'near').map(({ set }) => set));
  return {
    onTopic: fitLogistic(
      examples(
        ['answered', 'near', 'absent', 'far'],
        ({ expected }) => expected !== 'far',
        ({ expected }) => (expected === 'far' ? 2 : expected === 'absent' ? 0.5 : 1),
      ),
    ),
    supported: fitLogistic(
      examples(['answered', 'absent', 'far'], answered, ({ expected }) =>
        expected === 'far' ? WEIGHT_OF_FAR : 1,
      ),
    ),
    met: fitLogistic(examples(['answered', 'near'], answered, ({ set }) => (nearMissSets.has(set) ? 1 : 0))),
  };
}

function supportOf(regressions: Regressions, { evidence }: Case): number {
  return support(linear(regressions.supported, evidence), linear(regressions.met, evidence));
}

/** Platt scaling (Platt 1999) of the support to the probability that the first sentence is right. */
function fitConfidenceOn(some: readonly (Case & { readonly support: number })[]): number[] {
  return fitLogistic(
    some.map((one) => ({
      values: [one.support],
      holds: one.hit,
      weight:
        one.expected === 'far' ? WEIGHT_OF_FAR : one.expected === 'absent' ? WEIGHT_OF_ABSENT : weightOf(one),
    })),
  );
}

function linear(weights: readonly number[], evidence: readonly number[]): number {
  return [...evidence, 1].reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0);
}

function printRanking(): void {
  for (const set of new Set(ranked.map((trial) => trial.set))) {
    for (const scope of ['alone', 'pooled'] as const) {
      const asked = ranked.filter(
        (trial) => trial.set === set && trial.scope === scope && trial.expected === 'answered',
      );
      const within = (k: number) => mean(asked.map(({ right }) => Number(right.slice(0, k).includes(true))));
      print(`${set} ${scope}: hit@1 ${percent(within(1))} · hit@3 ${percent(within(3))} of ${asked.length}`);
    }
  }
}

function printJudgement(): void {
  for (const set of new Set(calibrated.map((one) => one.set))) {
    const of = (expected: Case['expected']) =>
      calibrated.filter((one) => one.set === set && one.expected === expected);
    const [answerable, near, absent, far] = [of('answered'), of('near'), of('absent'), of('far')];
    const against = (others: typeof near) => {
      const by = (score: (one: (typeof near)[number]) => number) =>
        auroc(answerable.map(score), others.map(score))?.toFixed(3) ?? '–';
      return `${by(({ confidence }) => confidence)} (cosine alone ${by(({ cosine }) => cosine)})`;
    };
    print(`${set}: AUROC near ${against(near)} · absent ${against(absent)} · far ${against(far)}`);
    for (const least of [0.5, 0.6, 0.65, 0.7, 0.8]) {
      const refused = (some: typeof near) => mean(some.map(({ topic }) => Number(topic < least)));
      const [right, wrong] = [refused(far), refused(answerable)];
      const f1 = percent((2 * right) / (1 + right + wrong));
      print(`${set}: below ${least} not in the sources: far F1 ${f1}, false refusals ${percent(wrong)}`);
    }
    print(
      `${set}: ECE ${calibrationError(reliability([...answerable, ...near])).toFixed(3)}, answerable alone ${calibrationError(reliability(answerable)).toFixed(3)}`,
    );
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

function named(names: readonly string[], values: readonly number[]): Record<string, number> {
  return Object.fromEntries(names.map((name, i) => [name, Math.round((values[i] ?? 0) * 10_000) / 10_000]));
}
