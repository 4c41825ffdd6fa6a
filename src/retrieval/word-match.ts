import type { LexicalIndex } from '../indexing/lexical-index.ts';
import { WordClass } from '../indexing/word-class.ts';
import type { ExpectedAnswer } from './expected-answer.ts';
import type { Question } from './question.ts';

/** Which of a question's concepts a sentence has, and what else it holds. */
export interface WordMatch {
  /** By concept of the question. */
  readonly has: readonly boolean[];
  /** Classes (bits of `WordClass`) of the sentence's words that are in no concept, or-ed together. */
  readonly otherClasses: number;
  /** Of the question's neighbouring concepts that the sentence has both of, how many stand side by side in it, 0 … 1. */
  readonly adjacency: number;
}

/** Two concepts this many words apart still stand side by side ("capital of the country"). */
const MAX_GAP_WORDS = 3;

/** Compares one sentence with the question, word by word. */
export function matchWords(question: Question, lexical: LexicalIndex, sentence: number): WordMatch {
  const words = lexical.wordsOf(sentence);
  const classes = lexical.classesOf(sentence);
  const places: number[][] = question.concepts.map(() => []);
  const taken = new Uint8Array(words.length);
  question.concepts.forEach((concept, c) => {
    for (const form of concept.forms) {
      for (let at = words.indexOf(form[0] ?? -1); at >= 0; at = words.indexOf(form[0] ?? -1, at + 1)) {
        if (!form.every((id, k) => words[at + k] === id)) continue;
        places[c]?.push(at);
        taken.fill(1, at, at + form.length);
      }
    }
  });
  const has = places.map((place) => place.length > 0);
  const otherClasses = classes.reduce((all, bits, i) => (taken[i] === 1 ? all : all | bits), 0);
  return { has, otherClasses, adjacency: adjacencyOf(places) };
}

function adjacencyOf(places: readonly (readonly number[])[]): number {
  let pairs = 0;
  let near = 0;
  for (let c = 0; c + 1 < places.length; c++) {
    const [left = [], right = []] = [places[c], places[c + 1]];
    pairs++;
    if (left.some((a) => right.some((b) => b > a && b - a <= MAX_GAP_WORDS))) near++;
  }
  return pairs === 0 ? 0 : near / pairs;
}

/** The part of the question's idf that `has` covers, 0 … 1. */
export function coverage(question: Question, has: readonly boolean[]): number {
  if (question.idf === 0) return 0;
  return question.concepts.reduce((sum, { idf }, c) => sum + (has[c] ? idf : 0), 0) / question.idf;
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
      return any(WordClass.MONEY | WordClass.NUMBER);
    case 'number':
      return any(number);
    case 'reason':
      return any(WordClass.REASON_WORD);
    default:
      return false;
  }
}
