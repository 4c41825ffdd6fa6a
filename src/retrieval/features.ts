import type { Corpus } from '../indexing/corpus.ts';
import type { ExpectedAnswer } from './expected-answer.ts';
import { isName, isNumber, type Question } from './question.ts';
import { coverage, holdsAnswer, matchWords, type WordMatch } from './word-match.ts';

/** Answers whose kind can be told from the looks of a sentence's words. */
const TYPED: readonly ExpectedAnswer[] = [
  'person',
  'place',
  'date',
  'duration',
  'frequency',
  'money',
  'number',
  'reason',
];

/** What is known of a candidate before its words are compared. */
export interface Candidate {
  /** Sentence id. */
  readonly sentence: number;
  /** Cosines of the question with the sentence, its passage, and its neighbours in the passage (0 without). */
  readonly cosine: number;
  readonly passageCosine: number;
  readonly previousCosine: number;
  readonly nextCosine: number;
  /** BM25 over the question's idf, 0 … 2.2. */
  readonly lexical: number;
  readonly passageLexical: number;
  /** −1 … 1, see `lateInteraction`. */
  readonly late: number;
}

/** The names of what `Features.read` returns, in its order; `weights.json` names its weights so. */
export const FEATURE_NAMES = [
  'cosine',
  'passageCosine',
  'previousCosine',
  'nextCosine',
  'lexical',
  'passageLexical',
  'late',
  'coverage',
  'passageCoverage',
  'previousCoverage',
  'nextCoverage',
  'withPreviousCoverage',
  'adjacency',
  'names',
  'passageNames',
  'numbers',
  'passageNumbers',
  'opensPassage',
  'logWords',
  'fragment',
  ...TYPED.map((kind) => `holds:${kind}`),
] as const;

/** Fewer words than this are a heading, a label or a fragment. */
const FRAGMENT_WORDS = 6;

/** Reads the evidence of one question's candidates; keeps what neighbours share. */
export class Features {
  readonly #question: Question;
  readonly #corpus: Corpus;
  readonly #matches = new Map<number, WordMatch>();

  constructor(question: Question, corpus: Corpus) {
    this.#question = question;
    this.#corpus = corpus;
  }

  /** The words that a sentence shares with the question. */
  match(sentence: number): WordMatch {
    const known = this.#matches.get(sentence);
    if (known !== undefined) return known;
    const match = matchWords(this.#question, this.#corpus.lexical, sentence);
    this.#matches.set(sentence, match);
    return match;
  }

  /** The question's own words for the concepts that are had. */
  words(has: readonly boolean[]): string[] {
    return this.#question.concepts.filter((_, c) => has[c]).map(({ word }) => word);
  }

  /** Which concepts the whole passage has. */
  passageHas(passage: number): boolean[] {
    const unit = this.#corpus.passages[passage];
    const has = this.#question.concepts.map(() => false);
    for (let s = unit?.firstSentence ?? 0; s < (unit?.endSentence ?? 0); s++) {
      this.match(s).has.forEach((found, c) => {
        if (found) has[c] = true;
      });
    }
    return has;
  }

  /** @returns one number a name of `FEATURE_NAMES` */
  read(candidate: Candidate): number[] {
    const question = this.#question;
    const { sentence } = candidate;
    const passage = this.#corpus.sentences[sentence]?.passage ?? 0;
    const { firstSentence = 0, endSentence = 0 } = this.#corpus.passages[passage] ?? {};
    const match = this.match(sentence);
    const passageHas = this.passageHas(passage);
    const previous = sentence > firstSentence ? this.match(sentence - 1).has : undefined;
    const next = sentence + 1 < endSentence ? this.match(sentence + 1).has : undefined;
    const words = this.#corpus.lexical.wordsOf(sentence).length;
    const names = question.concepts.map(isName);
    const numbers = question.concepts.map(isNumber);
    return [
      candidate.cosine,
      candidate.passageCosine,
      candidate.previousCosine,
      candidate.nextCosine,
      candidate.lexical,
      candidate.passageLexical,
      candidate.late,
      coverage(question, match.has),
      coverage(question, passageHas),
      previous === undefined ? 0 : coverage(question, previous),
      next === undefined ? 0 : coverage(question, next),
      coverage(
        question,
        match.has.map((found, c) => found || previous?.[c] === true),
      ),
      match.adjacency,
      share(names, match.has),
      share(names, passageHas),
      share(numbers, match.has),
      share(numbers, passageHas),
      sentence === firstSentence ? 1 : 0,
      Math.log(1 + words),
      words < FRAGMENT_WORDS ? 1 : 0,
      ...TYPED.map((kind) => (kind === question.expects && holdsAnswer(kind, match.otherClasses) ? 1 : 0)),
    ];
  }
}

/** The part of the marked concepts that are had, 0 … 1; 1 when none is marked. */
export function share(marked: readonly boolean[], has: readonly boolean[]): number {
  const count = marked.filter(Boolean).length;
  return count === 0 ? 1 : marked.filter((mark, c) => mark && has[c]).length / count;
}
