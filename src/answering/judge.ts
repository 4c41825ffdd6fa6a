import type { Corpus } from '../indexing/corpus.ts';
import { FEATURE_NAMES, type Features, share } from '../retrieval/features.ts';
import { isName, isNumber, type Question } from '../retrieval/question.ts';
import type { Ranked } from '../retrieval/search.ts';
import weights from '../retrieval/weights.json' with { type: 'json' };
import { coverage } from '../retrieval/word-match.ts';
import type { Outcome } from './answer.ts';

/** From this confidence on the first quote is called an answer. */
const ANSWERED_CONFIDENCE = 0.45;
/** Below this probability a question is about something that the sources do not talk about. */
const ON_TOPIC_PROBABILITY = 0.45;
/** A lead over the second sentence beyond this says nothing more. */
const MAX_GAP = 5;
const CERTAIN_KINDS: ReadonlySet<string> = new Set(['date', 'duration', 'frequency', 'money', 'number']);
const TYPED_FROM = FEATURE_NAMES.findIndex((name) => name.startsWith('holds:'));

export interface Judgement {
  readonly outcome: Outcome;
  /** Probability, 0 … 1, that the first sentence answers the question. */
  readonly confidence: number;
}

type Weights = Readonly<Record<string, number>>;

/**
 * Decides among the three outcomes by two logistic regressions over the evidence for the best sentence: is the
 * question about the sources at all, and does the sentence answer it?
 */
export function judge(
  question: Question,
  ranked: readonly Ranked[],
  features: Features,
  corpus: Corpus,
): Judgement {
  const [best, second] = ranked;
  if (best === undefined) return { outcome: 'not-in-sources', confidence: 0 };
  const evidence = evidenceOf(question, best, second);
  const confidence = logistic(weights.confidence, evidence);
  if (logistic(weights.onTopic, evidence) < ON_TOPIC_PROBABILITY)
    return { outcome: 'not-in-sources', confidence };
  const missing = missesNameOrNumber(question, best, features, corpus) || lacksKind(question, evidence);
  const answered = confidence >= ANSWERED_CONFIDENCE && !missing;
  return { outcome: answered ? 'answered' : 'related', confidence: missing ? confidence / 2 : confidence };
}

/** What the two regressions look at, by name; `weights.json` names its weights so. */
export function evidenceOf(question: Question, best: Ranked, second: Ranked | undefined): Weights {
  const read = Object.fromEntries(FEATURE_NAMES.map((name, i) => [name, best.features[i] ?? 0]));
  const known = question.concepts.map((concept) => concept.forms.length > 0);
  const typed = best.features.slice(TYPED_FROM).some((value) => value > 0) ? 1 : 0;
  const wanted = question.expects !== 'other' && question.expects !== 'manner' ? 1 : 0;
  return {
    ...read,
    seedCoverage: coverage(question, known),
    seedNames: share(question.concepts.map(isName), known),
    seedNumbers: share(question.concepts.map(isNumber), known),
    gap: Math.min(second === undefined ? MAX_GAP : best.score - second.score, MAX_GAP),
    typed: wanted,
    holds: typed,
    lacks: wanted * (1 - typed),
  };
}

/** A name or number that the question insists on and the best passage lacks speaks against an answer. */
function missesNameOrNumber(question: Question, best: Ranked, features: Features, corpus: Corpus): boolean {
  const has = features.passageHas(corpus.sentences[best.sentence]?.passage ?? 0);
  return question.concepts.some(
    (concept, c) => (isNumber(concept) && !has[c]) || (isName(concept) && concept.forms.length === 0),
  );
}

/** Dates, numbers and durations are told reliably: a sentence without one does not answer a question for one. */
function lacksKind(question: Question, evidence: Weights): boolean {
  return CERTAIN_KINDS.has(question.expects) && evidence.lacks === 1;
}

function logistic(model: Weights, evidence: Weights): number {
  let sum = model.bias ?? 0;
  for (const [name, value] of Object.entries(evidence)) sum += value * (model[name] ?? 0);
  return 1 / (1 + Math.exp(-sum));
}
