import type { Corpus } from '../indexing/corpus.ts';
import type { ExpectedAnswer } from '../retrieval/expected-answer.ts';
import { smallness } from '../retrieval/features.ts';
import { isName, isNumber, type Question } from '../retrieval/question.ts';
import type { Ranked, Search } from '../retrieval/search.ts';
import weights from '../retrieval/weights.json' with { type: 'json' };
import { coverage, defines } from '../retrieval/word-match.ts';
import type { Outcome } from './answer.ts';
import { EVIDENCE_NAMES, evidenceOf, lacksAnswer } from './evidence.ts';

/** From this confidence on the first quote is called an answer. */
export const ANSWERED_CONFIDENCE = 0.6;
/** The highest confidence of what something speaks against. */
const DOUBTED_CONFIDENCE = 0.49;
/** Below this probability a question is about something that the sources do not talk about. */
const ON_TOPIC_PROBABILITY = 0.7;
/**
 * How much the regression that tells near misses counts beside the one that tells absent answers: more finds more of
 * SQuAD's near misses and fewer of the passages that are merely about the subject (`tests/eval/fit.ts` prints both).
 */
export const NEAR_MISS_WEIGHT = 2.5;
/** A sentence without a number does not say how many; people, places and reasons are told less surely. */
const CERTAIN_KINDS: ReadonlySet<ExpectedAnswer> = new Set([
  'date',
  'time',
  'duration',
  'frequency',
  'money',
  'age',
  'number',
  'statement',
]);

/** Of a sentence that gives both names of what is asked for: initials in brackets leave little doubt. */
const DEFINED_CONFIDENCE = 0.8;
const STANDS_FOR = /^(?:stands?|means?)$/i;
/** A headline that asks or announces an explanation, behind what introduces it. */
const ASKS = /\?$|(?:^|[:–—] )(?:what|why|how|who|when|where)\b/i;

/** The names of what `confidenceInputs` returns, in its order; `weights.json` names its weights so. */
export const CONFIDENCE_NAMES = ['support', 'smallness'] as const;

/** From 120 sentences on, size makes no more difference to the confidence. */
const LARGE_SMALLNESS = 0.2;

/** A linear model's weights by the names of its inputs, and its bias. */
type Weights = Readonly<Record<string, number>>;

export interface Judgement {
  readonly outcome: Outcome;
  /** Probability, 0 … 1, that the first sentence answers the question. */
  readonly confidence: number;
}

/**
 * Decides among the three outcomes by logistic regressions over the evidence for the best sentence.
 * @param onTopic whether the question is known to be about the sources, whatever its words
 */
export function judge(question: Question, search: Search, corpus: Corpus, onTopic: boolean): Judgement {
  const [best] = search.ranked;
  if (best === undefined) return { outcome: 'not-in-sources', confidence: 0 };
  if (isDefined(question, search)) return { outcome: 'answered', confidence: DEFINED_CONFIDENCE };
  const evidence = evidenceOf(question, search, corpus);
  const supported = support(
    linear(weights.supported, EVIDENCE_NAMES, evidence),
    linear(weights.met, EVIDENCE_NAMES, evidence),
  );
  const confidence = sigmoid(
    linear(weights.confidence, CONFIDENCE_NAMES, confidenceInputs(supported, evidence)),
  );
  const doubted = Math.min(confidence, DOUBTED_CONFIDENCE);
  const topic = sigmoid(linear(weights.onTopic, EVIDENCE_NAMES, evidence));
  if (!onTopic && topic < ON_TOPIC_PROBABILITY) return { outcome: 'not-in-sources', confidence: doubted };
  if (lacksWhatIsAsked(question, best, search, corpus)) return { outcome: 'related', confidence: doubted };
  return { outcome: confidence < ANSWERED_CONFIDENCE ? 'related' : 'answered', confidence };
}

/** "What is the RAS?", "What does RAS stand for?", where the first sentence gives both names. */
function isDefined({ asksForDefinition, concepts }: Question, { ranked, features }: Search): boolean {
  const [best] = ranked;
  if (best === undefined || !asksForDefinition) return false;
  const named = concepts.filter(({ word }) => !STANDS_FOR.test(word));
  return named.length === 1 && defines(features.find(best.sentence));
}

/**
 * Judges a question that the model cannot read. Shared words make a sentence related, never an answer: what the
 * question asks of them is not understood.
 */
export function judgeByWords(question: Question, { ranked: [best], features }: Search): Judgement {
  const has = best === undefined ? [] : features.find(best.sentence).has;
  if (!has.includes(true)) return { outcome: 'not-in-sources', confidence: 0 };
  return { outcome: 'related', confidence: DOUBTED_CONFIDENCE * coverage(question, has) };
}

/**
 * Joins the two ways in which a sentence may fail to answer, each a logit: the answer is not there at all
 * (`supported`), or the question asks for something a little different (`met`).
 */
export function support(supported: number, met: number): number {
  return logSigmoid(supported) + NEAR_MISS_WEIGHT * logSigmoid(met);
}

/**
 * A name that no source has, a number that the passage lacks or the wrong kind of words speak against an answer. So does
 * a headline that asks itself: "Explainer: what the deposit means for you".
 */
function lacksWhatIsAsked(question: Question, best: Ranked, { features }: Search, corpus: Corpus): boolean {
  const { seed = 0, block = 0, passage = 0, start = 0, end = 0 } = corpus.sentences.at(best.sentence) ?? {};
  const article = corpus.seeds[seed]?.seed;
  const isHeadline = article?.blocks[block]?.kind === 'headline';
  if (isHeadline && ASKS.test(article.text.slice(start, end))) return true;
  const has = features.passageHas(passage);
  const lacks = question.concepts.some(
    (concept, c) => (isNumber(concept) && !has[c]) || (isName(concept) && concept.forms.length === 0),
  );
  return lacks || (CERTAIN_KINDS.has(question.expects) && lacksAnswer(question, best.features));
}

/**
 * What the confidence is scaled from: the support, and how small the corpus is, for among few sentences the first one
 * is more often the right one.
 * @returns one number a name of `CONFIDENCE_NAMES`
 */
export function confidenceInputs(supported: number, evidence: readonly number[]): number[] {
  const sentences = Math.exp(evidence[EVIDENCE_NAMES.indexOf('logSentences')] ?? 0);
  return [supported, Math.max(0, smallness(sentences) - LARGE_SMALLNESS)];
}

function linear(model: Weights, names: readonly string[], values: readonly number[]): number {
  return values.reduce((sum, value, i) => sum + value * (model[names[i] ?? ''] ?? 0), model.bias ?? 0);
}

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

function logSigmoid(logit: number): number {
  return -Math.log1p(Math.exp(-Math.max(-30, logit)));
}
