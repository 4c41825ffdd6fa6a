import { isFunctionWord } from '../indexing/function-words.ts';
import type { LexicalIndex } from '../indexing/lexical-index.ts';
import { termsOf } from '../indexing/terms.ts';
import { WordClass } from '../indexing/word-class.ts';
import type { ExpectedAnswer } from './expected-answer.ts';
import type { Question } from './question.ts';

/** Which of a question's concepts a sentence has, and what else it holds. */
export interface WordMatch {
  /** By concept of the question. */
  readonly has: readonly boolean[];
  /** Classes (bits of `WordClass`) of the sentence's words that are in no concept, or-ed together. */
  readonly otherClasses: number;
  /** Of the question's neighbouring concepts, how many stand side by side in the sentence, 0 … 1. */
  readonly adjacency: number;
  /** The same, each pair counting the less the further apart it stands than in the question. */
  readonly phrase: number;
  /** Whether a word before one of the question's makes it something less: the *vice* minister is no minister. */
  readonly demoted: boolean;
  /** Whether another word stands where the question has one: the *winter* boat is not the *summer* boat. */
  readonly substituted: boolean;
}

/** Two concepts this many words apart still stand side by side ("capital of the country"). */
const MAX_GAP_WORDS = 3;
const DEMOTING: ReadonlySet<string> = new Set(
  termsOf('vice deputy assistant interim former ex honorary lieutenant').map(({ stem }) => stem),
);

/** Stems of function words that are no words themselves. */
const STEMMED: ReadonlySet<string> = new Set(
  termsOf('this was has his does during because very only once before they why').map(({ stem }) => stem),
);

function isFunctionStem(stem: string): boolean {
  return stem === '' || isFunctionWord(stem) || STEMMED.has(stem);
}

/** Compares one sentence with the question, word by word. */
export function matchWords(question: Question, lexical: LexicalIndex, sentence: number): WordMatch {
  const words = lexical.wordsOf(sentence);
  const classes = lexical.classesOf(sentence);
  const places: Run[][] = question.concepts.map(() => []);
  const taken = new Uint8Array(words.length);
  question.concepts.forEach((concept, c) => {
    for (const form of concept.forms) {
      for (let at = words.indexOf(form[0] ?? -1); at >= 0; at = words.indexOf(form[0] ?? -1, at + 1)) {
        if (!form.every((id, k) => words[at + k] === id)) continue;
        places[c]?.push({ first: at, end: at + form.length });
        taken.fill(1, at, at + form.length);
      }
    }
  });
  const has = places.map((place) => place.length > 0);
  const otherClasses = classes.reduce((all, bits, i) => (taken[i] === 1 ? all : all | bits), 0);
  const gaps = neighbourGaps(question, places);
  return {
    has,
    otherClasses,
    adjacency: mean(gaps.map(({ found }) => (found < MAX_GAP_WORDS ? 1 : 0))),
    phrase: mean(gaps.map(({ asked, found }) => 1 / (1 + Math.max(0, found - asked)))),
    demoted: places.flat().some(({ first }) => {
      const before = lexical.stems[words[first - 1] ?? -1] ?? '';
      return taken[first - 1] === 0 && DEMOTING.has(before);
    }),
    substituted: question.concepts.slice(1).some((right, c) => {
      const left = question.concepts[c];
      if (left?.end !== right.first || has[c] === has[c + 1]) return false;
      const runs = (has[c] ? places[c] : places[c + 1]) ?? [];
      return runs.every(({ first, end }) => {
        const beside = has[c] ? end : first - 1;
        return taken[beside] === 0 && !isFunctionStem(lexical.stems[words[beside] ?? -1] ?? '');
      });
    }),
  };
}

/** Words `[first, end)` of a sentence. */
interface Run {
  readonly first: number;
  readonly end: number;
}

/** How many words stand between each two neighbouring concepts: in the question, and at least in the sentence. */
function neighbourGaps(
  { concepts }: Question,
  places: readonly (readonly Run[])[],
): { readonly asked: number; readonly found: number }[] {
  return concepts.slice(1).map((right, c) => {
    let found = Number.POSITIVE_INFINITY;
    for (const a of places[c] ?? []) {
      for (const b of places[c + 1] ?? []) if (b.first >= a.end) found = Math.min(found, b.first - a.end);
    }
    return { asked: right.first - (concepts[c]?.end ?? 0), found };
  });
}

function mean(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** The part of the question's idf that `has` covers, 0 … 1. */
export function coverage(question: Question, has: readonly boolean[]): number {
  if (question.idf === 0) return 0;
  return question.concepts.reduce((sum, { idf }, c) => sum + (has[c] ? idf : 0), 0) / question.idf;
}

/** The same where a concept that is not had counts as much as its nearest word is near, 0 … 1. */
export function softCoverage(
  question: Question,
  has: readonly boolean[],
  closeness: readonly number[],
): number {
  if (question.idf === 0) return 0;
  const had = question.concepts.map(({ idf }, c) => idf * (has[c] ? 1 : (closeness[c] ?? 0)));
  return had.reduce((sum, value) => sum + value, 0) / question.idf;
}

/** Whether words of these classes can be the answer that is asked for. */
export function holdsAnswer(expects: ExpectedAnswer, classes: number): boolean {
  const any = (bits: number) => (classes & bits) !== 0;
  const number = WordClass.NUMBER | WordClass.NUMBER_WORD;
  switch (expects) {
    case 'person':
      return any(WordClass.NAME);
    case 'place':
      return any(WordClass.NAME) && any(WordClass.PLACE_WORD);
    case 'date':
      return any(WordClass.YEAR | WordClass.DATE);
    case 'duration':
      return any(WordClass.TIME_UNIT) && any(number);
    case 'frequency':
      return any(WordClass.FREQUENCY);
    case 'money':
      return any(WordClass.MONEY);
    case 'age':
      return any(number) && any(WordClass.AGE_WORD);
    case 'number':
      return any(number);
    case 'reason':
      return any(WordClass.REASON_WORD);
    default:
      return false;
  }
}
