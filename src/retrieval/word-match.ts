import { isFunctionWord } from '../indexing/function-words.ts';
import type { LexicalIndex } from '../indexing/lexical-index.ts';
import { termsOf } from '../indexing/terms.ts';
import { WordClass } from '../indexing/word-class.ts';
import type { ExpectedAnswer } from './expected-answer.ts';
import type { Question } from './question.ts';

/** Where a sentence has a question's words. */
export interface WordPlaces {
  /** By concept of the question. */
  readonly has: readonly boolean[];
  /** The same. */
  readonly runs: readonly (readonly Run[])[];
  /** 1 for each word of the sentence that is in a concept, else 0. */
  readonly taken: Uint8Array;
}

/** Words `[first, end)` of a sentence. */
interface Run {
  readonly first: number;
  readonly end: number;
}

/** How a sentence has a question's words, and what else it holds. */
export interface WordMatch {
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

/** Finds the question's words in one sentence. */
export function findWords({ concepts }: Question, lexical: LexicalIndex, sentence: number): WordPlaces {
  const words = lexical.wordsOf(sentence);
  const taken = new Uint8Array(words.length);
  const runs = concepts.map(({ forms }) => {
    const found: Run[] = [];
    for (const form of forms) {
      for (let first = 0; first + form.length <= words.length; first++) {
        if (!standsAt(form, words, first)) continue;
        found.push({ first, end: first + form.length });
        taken.fill(1, first, first + form.length);
      }
    }
    return found;
  });
  return { has: runs.map(({ length }) => length > 0), runs, taken };
}

/** Whether two names of one thing stand side by side: "the Return Agency of Slovenia (RAS)". */
export function defines({ runs }: WordPlaces): boolean {
  return runs.some((each) => each.some(({ end }) => each.some(({ first }) => first === end)));
}

function standsAt(form: readonly number[], words: Uint32Array, first: number): boolean {
  for (let k = 0; k < form.length; k++) if (words[first + k] !== form[k]) return false;
  return form.length > 0;
}

/** Compares one sentence with the question, word by word. */
export function matchWords(
  question: Question,
  lexical: LexicalIndex,
  sentence: number,
  { has, runs, taken } = findWords(question, lexical, sentence),
): WordMatch {
  const words = lexical.wordsOf(sentence);
  const classes = lexical.classesOf(sentence);
  let otherClasses = 0;
  for (let i = 0; i < classes.length; i++) if (taken[i] === 0) otherClasses |= classes[i] as number;
  const gaps = neighbourGaps(question, runs);
  return {
    otherClasses,
    adjacency: mean(gaps.map(({ found }) => (found < MAX_GAP_WORDS ? 1 : 0))),
    phrase: mean(gaps.map(({ asked, found }) => 1 / (1 + Math.max(0, found - asked)))),
    demoted: runs.some((each) =>
      each.some(
        ({ first }) => taken[first - 1] === 0 && DEMOTING.has(lexical.stems[words[first - 1] ?? -1] ?? ''),
      ),
    ),
    substituted: question.concepts.slice(1).some((right, c) => {
      const left = question.concepts[c];
      if (left?.end !== right.first || has[c] === has[c + 1]) return false;
      return (runs[has[c] ? c : c + 1] ?? []).every(({ first, end }) => {
        const beside = has[c] ? end : first - 1;
        return taken[beside] === 0 && !isFunctionStem(lexical.stems[words[beside] ?? -1] ?? '');
      });
    }),
  };
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
export function coverage({ concepts, idf }: Question, has: readonly boolean[]): number {
  let covered = 0;
  for (let c = 0; c < concepts.length; c++) if (has[c]) covered += concepts[c]?.idf ?? 0;
  return idf === 0 ? 0 : covered / idf;
}

/** The same where a concept that is not had counts as much as its nearest word is near, 0 … 1. */
export function softCoverage(
  { concepts, idf }: Question,
  has: readonly boolean[],
  closeness: readonly number[],
): number {
  let covered = 0;
  for (let c = 0; c < concepts.length; c++) {
    covered += (concepts[c]?.idf ?? 0) * (has[c] ? 1 : (closeness[c] ?? 0));
  }
  return idf === 0 ? 0 : covered / idf;
}

/**
 * Whether words of these classes can be the answer that is asked for.
 * @returns 1 when they look like it, ½ when they may be ("it ran from 1961 to 1972" tells how long), 0 when not
 */
export function holdsAnswer(expects: ExpectedAnswer, classes: number): number {
  const any = (bits: number) => (classes & bits) !== 0;
  const graded = (surely: boolean, perhaps: boolean) => (surely ? 1 : perhaps ? 0.5 : 0);
  const number = any(WordClass.NUMBER | WordClass.NUMBER_WORD);
  switch (expects) {
    case 'person':
      return graded(any(WordClass.NAME), false);
    case 'place':
      return graded(any(WordClass.NAME) && any(WordClass.PLACE_WORD), false);
    case 'date':
      return graded(any(WordClass.YEAR | WordClass.DATE), any(WordClass.TIME_UNIT));
    case 'time':
      return graded(any(WordClass.CLOCK), false);
    case 'duration':
      // "How long" asks for metres, too.
      return graded(
        any(WordClass.TIME_UNIT | WordClass.LENGTH_UNIT) && number,
        any(WordClass.TIME_UNIT | WordClass.YEAR),
      );
    case 'frequency':
      return graded(any(WordClass.FREQUENCY), false);
    case 'money':
      return graded(any(WordClass.MONEY), false);
    case 'age':
      return graded(number && any(WordClass.AGE_WORD), number);
    case 'number':
      return graded(number, false);
    case 'statement':
      return graded(any(WordClass.SPEECH), false);
    case 'reason':
      return graded(any(WordClass.REASON_WORD), false);
    default:
      return 0;
  }
}
