import type { Corpus } from '../indexing/corpus.ts';
import { FEATURE_NAMES, share, TYPED } from '../retrieval/features.ts';
import { isName, isNumber, type Question } from '../retrieval/question.ts';
import type { Search } from '../retrieval/search.ts';
import { coverage } from '../retrieval/word-match.ts';

/** A lead over the second sentence beyond this says nothing more; so do more missing words than these. */
const MAX_GAP = 5;
const MAX_MISSING = 6;
const MAX_UNKNOWN = 4;
const MAX_QUALIFIERS = 3;
const MAX_CONCEPTS = 10;

/** Features of the first sentence that the judgement looks at, too. */
const OF_RANKING = [
  'passageCosine',
  'late',
  'lateReverse',
  'softCoverage',
  'softPassageCoverage',
  'passageNames',
  'passageNumbers',
  'focus',
  'phrase',
  'asking',
  'latePassage',
  'lead',
  'demoted',
  'substituted',
] as const;
const at = (name: (typeof FEATURE_NAMES)[number]) => FEATURE_NAMES.indexOf(name);
const OF_RANKING_AT = OF_RANKING.map(at);
const [LATE, SOFT_COVERAGE] = [at('late'), at('softCoverage')];
const TYPED_FROM = FEATURE_NAMES.findIndex((name) => name.startsWith('holds:'));

/** The names of what `evidenceOf` returns, in its order; `weights.json` names its weights so. */
export const EVIDENCE_NAMES = [
  ...OF_RANKING,
  'score',
  'gap',
  'nearest',
  'peak',
  'bestLate',
  'bestSoftCoverage',
  'secondLate',
  'logSentences',
  'concepts',
  'seedCoverage',
  'seedNames',
  'seedNumbers',
  'weakest',
  'passageWeakest',
  'missing',
  'passageMissing',
  'unknown',
  'typed',
  'lacks',
  'passageLacks',
  'negation',
  'negationMissing',
  'qualifiersMissing',
] as const;

const NEGATION = /\b(?:not|never|no|none|without|cannot|fail(?:s|ed)?|lacks?|lacked)\b|n['’]t\b/;
/** What may stand for a negation in a text. */
const DENIAL =
  /\b(?:not|never|no|none|without|cannot|fail(?:s|ed)?|lacks?|lacked|few|little|refus\w{1,9}|un\w{2,20})\b|n['’]t\b/;
/** Words that narrow a question; a near miss often differs by one of them. */
const QUALIFIER =
  /\b(?:(?!interest|request|forest|protest|invest|arrest|harvest|honest|modest|priest|contest|suggest|conquest)[a-z]{3,20}est|most|least|only|first|last|worst|best|more|less|fewer|before|after|not|never|without|second|third|no|none)\b/g;

/**
 * What is known of a question's first sentence.
 * @returns one number a name of `EVIDENCE_NAMES`
 * @throws {RangeError} when nothing was found
 */
export function evidenceOf(question: Question, { ranked, features }: Search, corpus: Corpus): number[] {
  const [best, second] = ranked;
  if (best === undefined) throw new RangeError('there is no evidence without a sentence');
  const { seed = 0, passage = 0, start = 0, end = 0 } = corpus.sentences.at(best.sentence) ?? {};
  const text = corpus.seeds[seed]?.seed.text.slice(start, end).toLowerCase() ?? '';
  const asked = question.text.toLowerCase();
  const known = question.concepts.map(({ forms }) => forms.length > 0);
  const negated = NEGATION.test(asked);
  const cosines = ranked.map(({ cosine }) => cosine);
  const bestOf = (feature: number) => Math.max(...ranked.map(({ features }) => features[feature] ?? 0));
  const here = ranked.filter(({ sentence }) => corpus.sentences.at(sentence)?.passage === passage);
  const { has } = features.find(best.sentence);
  const passageHas = features.passageHas(passage);
  return [
    ...OF_RANKING_AT.map((i) => best.features[i] ?? 0),
    best.score,
    Math.min(second === undefined ? MAX_GAP : best.score - second.score, MAX_GAP),
    Math.max(...cosines),
    best.cosine - cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length,
    bestOf(LATE),
    bestOf(SOFT_COVERAGE),
    second?.features[LATE] ?? 0,
    Math.log(corpus.sentences.length),
    Math.min(question.concepts.length, MAX_CONCEPTS),
    coverage(question, known),
    share(question.concepts.map(isName), known),
    share(question.concepts.map(isNumber), known),
    weakest(has, features.closeness(best.near)),
    weakest(passageHas, features.passageCloseness(passage)),
    Math.min(countMissing(has), MAX_MISSING),
    Math.min(countMissing(passageHas), MAX_MISSING),
    Math.min(countMissing(known), MAX_UNKNOWN),
    TYPED.includes(question.expects) ? 1 : 0,
    lacksAnswer(question, best.features, 1) ? 1 : 0,
    here.every((one) => lacksAnswer(question, one.features, 1)) ? 1 : 0,
    negated ? 1 : 0,
    negated && !DENIAL.test(text) ? 1 : 0,
    Math.min(qualifiersMissing(asked, text), MAX_QUALIFIERS),
  ];
}

/**
 * Whether the kind of answer that is asked for can be told by its looks, and a sentence of these features has none.
 * @param least what counts as one, by `holdsAnswer`: ½ what may be, 1 only what looks like it
 */
export function lacksAnswer(
  { expects }: Question,
  features: readonly number[],
  least: 0.5 | 1 = 0.5,
): boolean {
  return TYPED.includes(expects) && features.slice(TYPED_FROM).every((holds) => holds < least);
}

/** How near the concept that is least near comes, 0 … 1: a near miss has all but one. */
function weakest(has: readonly boolean[], closeness: readonly number[]): number {
  return Math.min(1, ...has.map((found, c) => (found ? 1 : (closeness[c] ?? 0))));
}

function countMissing(has: readonly boolean[]): number {
  return has.filter((found) => !found).length;
}

function qualifiersMissing(asked: string, text: string): number {
  const said = new Set(text.match(/[a-z]+/g));
  return [...asked.matchAll(QUALIFIER)].filter(([word]) => !said.has(word)).length;
}
