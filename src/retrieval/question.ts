import { distance } from 'fastest-levenshtein';
import type { LexicalIndex } from '../indexing/lexical-index.ts';
import { isFunctionWord, termsOf } from '../indexing/terms.ts';
import { WordClass, wordClass } from '../indexing/word-class.ts';
import { type ExpectedAnswer, expectedAnswer } from './expected-answer.ts';

/** A content word of the question, or a name with its aliases, as it is looked for. */
export interface Concept {
  /** As the question has it, for people. */
  readonly word: string;
  /** Bits of `WordClass` as the question writes it. */
  readonly classes: number;
  /**
   * The ways it may stand in a text: each a run of stem ids that follow one another. Empty when no sentence
   * can have it.
   */
  readonly forms: readonly (readonly number[])[];
  /** How many of `forms` are the question's own words (1) rather than aliases (0). */
  readonly ownForms: 0 | 1;
  /** Inverse document frequency over sentences, ≥ 0; of the form that is found most often. */
  readonly idf: number;
}

/** A question, read against one lexical index. */
export interface Question {
  readonly text: string;
  readonly concepts: readonly Concept[];
  /** Sum of the concepts' idf. */
  readonly idf: number;
  readonly expects: ExpectedAnswer;
}

/** Names of one thing, each as stems. */
export type AliasGroup = readonly (readonly string[])[];

/** Most content words that are looked at; a longer question is searched by its first ones and its vector. */
const MAX_CONCEPTS = 64;

/** Shorter words have too many neighbours to guess what was meant; longer ones may have two slips. */
const MIN_TYPO_LETTERS = 5;
const LONG_WORD_LETTERS = 8;
/** Another name or number is another thing, never a slip. */
const ANY_NAME_OR_NUMBER = WordClass.NAME | WordClass.NUMBER | WordClass.YEAR;

/**
 * @param text the question, in any state
 * @param aliases names that may stand for one another
 */
export function readQuestion(text: string, lexical: LexicalIndex, aliases: readonly AliasGroup[]): Question {
  const terms = termsOf(text);
  const concepts: Concept[] = [];
  const seen = new Set<string>();
  for (let i = 0; i < terms.length && concepts.length < MAX_CONCEPTS; ) {
    const alias = longestAlias(terms, i, aliases);
    const length = alias?.length ?? 1;
    const run = terms.slice(i, i + length);
    const first = run[0];
    i += length;
    if (first === undefined) break;
    const key = run.map((term) => term.stem).join(' ');
    if ((alias === undefined && isFunctionWord(first.word)) || seen.has(key)) continue;
    seen.add(key);
    const written = text.slice(first.start, run.at(-1)?.end);
    const classes = wordClass(first.word, written, first.start === 0);
    concepts.push(
      conceptOf(written, classes, [run.map((term) => term.stem), ...(alias?.group ?? [])], lexical),
    );
  }
  const idf = concepts.reduce((sum, concept) => sum + concept.idf, 0);
  return { text, concepts, idf, expects: expectedAnswer(text) };
}

function longestAlias(
  terms: readonly { readonly stem: string }[],
  at: number,
  aliases: readonly AliasGroup[],
): { length: number; group: AliasGroup } | undefined {
  let best: { length: number; group: AliasGroup } | undefined;
  for (const group of aliases) {
    for (const name of group) {
      const matches = name.length > 0 && name.every((stem, k) => terms[at + k]?.stem === stem);
      if (matches && name.length > (best?.length ?? 0)) best = { length: name.length, group };
    }
  }
  return best;
}

function conceptOf(
  word: string,
  classes: number,
  names: readonly (readonly string[])[],
  lexical: LexicalIndex,
): Concept {
  const forms: number[][] = [];
  const asTyped = names.length === 1 && names[0]?.length === 1 ? (names[0][0] ?? '') : '';
  if ((classes & ANY_NAME_OR_NUMBER) === 0 && lexical.idOf(asTyped) === undefined) {
    const meant = nearestStem(asTyped, lexical);
    if (meant !== undefined) forms.push([meant]);
  }
  for (const name of names) {
    const ids = name.map((stem) => lexical.idOf(stem));
    if (!ids.every((id) => id !== undefined)) continue;
    if (!forms.some((form) => form.join() === ids.join())) forms.push(ids);
  }
  const frequency = Math.max(0, ...forms.map((form) => Math.min(...form.map((id) => lexical.frequency(id)))));
  const own = (names[0] ?? []).every((stem) => lexical.idOf(stem) !== undefined);
  return { word, classes, forms, ownForms: own ? 1 : 0, idf: inverseFrequency(frequency, lexical.size) };
}

/** The stem that is a slip of the finger or two away from a mistyped one, or undefined. */
function nearestStem(typed: string, lexical: LexicalIndex): number | undefined {
  if (typed.length < MIN_TYPO_LETTERS) return undefined;
  let best: number | undefined;
  let least = typed.length < LONG_WORD_LETTERS ? 2 : 3;
  lexical.tables.stems.forEach((stem, id) => {
    if (stem[0] !== typed[0] || Math.abs(stem.length - typed.length) >= least) return;
    const edits = distance(stem, typed);
    if (edits < least) [best, least] = [id, edits];
  });
  return best;
}

/** Robertson–Spärck Jones idf with the +1 that keeps it positive, as in Lucene's BM25. */
export function inverseFrequency(frequency: number, size: number): number {
  return Math.log(1 + (size - frequency + 0.5) / (frequency + 0.5));
}

/** Whether a concept is a name as the question writes it. */
export function isName(concept: Concept): boolean {
  return (concept.classes & WordClass.NAME) !== 0;
}

/** Whether a concept is a number written in digits. */
export function isNumber(concept: Concept): boolean {
  return (concept.classes & (WordClass.NUMBER | WordClass.YEAR)) !== 0;
}
