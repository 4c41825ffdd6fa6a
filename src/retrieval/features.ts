import type { Corpus } from '../indexing/corpus.ts';
import type { ExpectedAnswer } from './expected-answer.ts';
import type { Interaction } from './late-interaction.ts';
import { isName, isNumber, type Question } from './question.ts';
import type { QuestionPieces } from './question-pieces.ts';
import { opensWithPronoun, placeInBody } from './sentence-place.ts';
import { coverage, findWords, holdsAnswer, matchWords, softCoverage, type WordPlaces } from './word-match.ts';

/** Answers whose kind can be told from the looks of a sentence's words. */
export const TYPED: readonly ExpectedAnswer[] = [
  'person',
  'place',
  'date',
  'time',
  'duration',
  'frequency',
  'money',
  'age',
  'number',
  'statement',
  'reason',
];

/** What is known of a candidate before its words are compared. */
export interface Candidate {
  /** Sentence id. */
  readonly sentence: number;
  /** Cosines of the question with the sentence and its passage. */
  readonly cosine: number;
  readonly passageCosine: number;
  /** BM25 over the question's idf, 0 … 2.2. */
  readonly lexical: number;
  readonly passageLexical: number;
}

/** A candidate whose word pieces were compared with the question's. */
export interface Compared extends Candidate {
  /** Cosines of the question with the sentence's neighbours in its passage; 0 without. */
  readonly previousCosine: number;
  readonly nextCosine: number;
  readonly near: Interaction;
}

/** Features that weigh differently in a small corpus, where every passage is near and idf says little. */
const SCALED = ['cosine', 'lexical', 'late', 'softCoverage', 'coverage', 'lead'] as const;
/** A corpus of so many sentences is half small. */
const SMALL_SENTENCES = 30;

/** The names of what `Features.read` returns, in its order; `weights.json` names its weights so. */
export const FEATURE_NAMES = [
  'cosine',
  'passageCosine',
  'previousCosine',
  'nextCosine',
  'lexical',
  'passageLexical',
  'late',
  'lateReverse',
  'softCoverage',
  'softPassageCoverage',
  'focus',
  'coverage',
  'passageCoverage',
  'previousCoverage',
  'nextCoverage',
  'withPreviousCoverage',
  'adjacency',
  'phrase',
  'names',
  'passageNames',
  'numbers',
  'passageNumbers',
  'opensPassage',
  'logWords',
  'fragment',
  'lead',
  'leadOfDefinition',
  'pronoun',
  'demoted',
  'substituted',
  'namesNobody',
  'asking',
  'lateWithPrevious',
  'softWithPrevious',
  'latePassage',
  ...SCALED.map((name) => `small:${name}`),
  ...TYPED.map((kind) => `holds:${kind}`),
] as const;

/** Fewer words than this are a heading, a label or a fragment. */
const FRAGMENT_WORDS = 6;

/** What is known of a sentence besides its own words. */
interface Seen {
  readonly near: Interaction;
  readonly closeness: readonly number[];
}

/** Reads the evidence of one question's candidates; keeps what neighbours share. */
export class Features {
  readonly #question: Question;
  readonly #corpus: Corpus;
  readonly #pieces: QuestionPieces;
  readonly #smallness: number;
  readonly #sentences = new Map<number, Seen>();
  /** By passage: over its compared sentences, the nearest to each piece and to each concept. */
  readonly #passages = new Map<number, { best: Float32Array; closeness: readonly number[] }>();
  readonly #words = new Map<number, WordPlaces>();
  readonly #passageHas = new Map<number, boolean[]>();
  /** Which concepts are names, and which numbers. */
  readonly #names: readonly boolean[];
  readonly #numbers: readonly boolean[];

  /** @param compared all candidates of the question */
  constructor(question: Question, corpus: Corpus, pieces: QuestionPieces, compared: readonly Compared[]) {
    this.#question = question;
    this.#corpus = corpus;
    this.#pieces = pieces;
    this.#smallness = smallness(corpus.sentences.length);
    this.#names = question.concepts.map(isName);
    this.#numbers = question.concepts.map(isNumber);
    for (const { sentence, near } of compared) {
      const closeness = this.closeness(near);
      this.#sentences.set(sentence, { near, closeness });
      const passage = corpus.passageOf[sentence] ?? 0;
      const known = this.#passages.get(passage) ?? { best: near.best, closeness };
      this.#passages.set(passage, {
        best: greater(known.best, near.best),
        closeness: known.closeness.map((value, c) => Math.max(value, closeness[c] ?? 0)),
      });
    }
  }

  /** How near each concept comes to the words of a sentence, 0 … 1. */
  closeness({ best }: Interaction): number[] {
    return this.#pieces.concepts.map((rows) => Math.max(0, meanOf(best, rows)));
  }

  /** The same over the compared sentences of a passage. */
  passageCloseness(passage: number): readonly number[] {
    return this.#passages.get(passage)?.closeness ?? [];
  }

  /** Where a sentence has the question's words. */
  find(sentence: number): WordPlaces {
    const known = this.#words.get(sentence);
    if (known !== undefined) return known;
    const found = findWords(this.#question, this.#corpus.lexical, sentence);
    this.#words.set(sentence, found);
    return found;
  }

  /** The question's own words for the concepts that are had. */
  words(has: readonly boolean[]): string[] {
    return this.#question.concepts.filter((_, c) => has[c]).map(({ word }) => word);
  }

  /** Which concepts the whole passage has. */
  passageHas(passage: number): readonly boolean[] {
    const known = this.#passageHas.get(passage);
    if (known !== undefined) return known;
    const { firstSentence = 0, endSentence = 0 } = this.#corpus.passages.at(passage) ?? {};
    const has = this.#question.concepts.map(() => false);
    for (let sentence = firstSentence; sentence < endSentence; sentence++) {
      const { has: own } = this.find(sentence);
      for (let c = 0; c < has.length; c++) if (own[c]) has[c] = true;
    }
    this.#passageHas.set(passage, has);
    return has;
  }

  /** @returns one number a name of `FEATURE_NAMES` */
  read(candidate: Compared): number[] {
    const question = this.#question;
    const { sentence, near } = candidate;
    const passage = this.#corpus.passageOf[sentence] ?? 0;
    const { firstSentence = 0, endSentence = 0 } = this.#corpus.passages.at(passage) ?? {};
    const found = this.find(sentence);
    const { has } = found;
    const match = matchWords(question, this.#corpus.lexical, sentence, found);
    const passageHas = this.passageHas(passage);
    const next = sentence + 1 < endSentence ? this.find(sentence + 1).has : undefined;
    const closeness = this.#sentences.get(sentence)?.closeness ?? this.closeness(near);
    const before = this.#before(sentence, firstSentence);
    const hasWithPrevious = has.map((own, c) => own || before?.has[c] === true);
    const { focus } = question;
    const words = this.#corpus.lexical.wordsOf(sentence).length;
    const own = {
      cosine: candidate.cosine,
      lexical: candidate.lexical,
      late: meanOf(near.best, this.#pieces.words),
      softCoverage: softCoverage(question, has, closeness),
      coverage: coverage(question, has),
      lead: 1 / (1 + placeInBody(sentence, this.#corpus)),
    };
    const values = [
      own.cosine,
      candidate.passageCosine,
      candidate.previousCosine,
      candidate.nextCosine,
      own.lexical,
      candidate.passageLexical,
      own.late,
      near.reverse,
      own.softCoverage,
      softCoverage(question, passageHas, this.passageCloseness(passage)),
      focus === undefined ? 0 : has[focus] ? 1 : (closeness[focus] ?? 0),
      own.coverage,
      coverage(question, passageHas),
      before === undefined ? 0 : coverage(question, before.has),
      next === undefined ? 0 : coverage(question, next),
      coverage(question, hasWithPrevious),
      match.adjacency,
      match.phrase,
      share(this.#names, has),
      share(this.#names, passageHas),
      share(this.#numbers, has),
      share(this.#numbers, passageHas),
      sentence === firstSentence ? 1 : 0,
      Math.log(1 + words),
      words < FRAGMENT_WORDS ? 1 : 0,
      own.lead,
      question.asksForDefinition ? own.lead : 0,
      opensWithPronoun(this.#corpus.lexical, sentence) ? 1 : 0,
      match.demoted ? 1 : 0,
      match.substituted ? 1 : 0,
      question.asksWhoSomebodyIs && holdsAnswer('person', match.otherClasses) === 0 ? 1 : 0,
      meanOf(near.best, this.#pieces.asking),
      before === undefined ? own.late : meanOf(greater(near.best, before.near.best), this.#pieces.words),
      before === undefined
        ? own.softCoverage
        : softCoverage(
            question,
            hasWithPrevious,
            closeness.map((value, c) => Math.max(value, before.closeness[c] ?? 0)),
          ),
      meanOf(this.#passages.get(passage)?.best ?? near.best, this.#pieces.words),
    ];
    for (const name of SCALED) values.push(this.#smallness * own[name]);
    const holds = holdsAnswer(question.expects, match.otherClasses);
    for (const kind of TYPED) values.push(kind === question.expects ? holds : 0);
    return values;
  }

  /** The sentence before, in the same passage. */
  #before(sentence: number, firstSentence: number): (Seen & Pick<WordPlaces, 'has'>) | undefined {
    if (sentence <= firstSentence) return undefined;
    const { has } = this.find(sentence - 1);
    return { has, ...(this.#sentences.get(sentence - 1) ?? NOT_SEEN) };
  }
}

/** A neighbour that was not compared word by word. */
const NOT_SEEN: Seen = { near: { best: new Float32Array(), reverse: 0 }, closeness: [] };

function greater(a: Float32Array, b: Float32Array): Float32Array {
  const greatest = new Float32Array(a);
  const both = Math.min(a.length, b.length);
  for (let i = 0; i < both; i++) greatest[i] = Math.max(a[i] as number, b[i] as number);
  return greatest;
}

/** 1 for a corpus of nothing, ½ for `SMALL_SENTENCES`, near 0 for a large one. */
export function smallness(sentences: number): number {
  return 1 / (1 + sentences / SMALL_SENTENCES);
}

/** The part of the marked concepts that are had, 0 … 1; 1 when none is marked. */
export function share(marked: readonly boolean[], has: readonly boolean[]): number {
  let count = 0;
  let had = 0;
  for (let c = 0; c < marked.length; c++) {
    if (!marked[c]) continue;
    count++;
    if (has[c]) had++;
  }
  return count === 0 ? 1 : had / count;
}

function meanOf(values: Float32Array, rows: readonly number[]): number {
  let sum = 0;
  for (const row of rows) sum += values[row] ?? 0;
  return rows.length === 0 ? 0 : sum / rows.length;
}
