import { distance } from 'fastest-levenshtein';
import { isFunctionWord } from '../indexing/function-words.ts';
import type { LexicalIndex } from '../indexing/lexical-index.ts';
import { type Term, termsOf, writtenWords } from '../indexing/terms.ts';
import { WordClass, wordClasses } from '../indexing/word-class.ts';
import { type ExpectedAnswer, expectedAnswer } from './expected-answer.ts';

/** A content word of the question, or a name with its aliases, as it is looked for. */
export interface Concept {
  /** As the question has it, for people. */
  readonly word: string;
  /** Its words are the question's `[first, end)`, function words counted. */
  readonly first: number;
  readonly end: number;
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
  /** The concept that the question word asks for: "which *companies* …", "how many *floors* …". */
  readonly focus: number | undefined;
  /** "What is …?", "Who was …?" of something with a short name. */
  readonly asksForDefinition: boolean;
}

/** Names of one thing, each as stems. */
export type AliasGroup = readonly (readonly string[])[];

/** Most content words that are looked at; a longer question is searched by its first ones and its vector. */
const MAX_CONCEPTS = 64;

const ASKS_FOR_NEXT: ReadonlySet<string> = new Set(['what', 'which', 'whose']);
/** After "what", a verb that stands where the thing asked for would: "what is …", "what did …". */
const VERB_FIRST =
  /^(is|was|are|were|be|did|does|do|has|have|had|can|could|would|will|should|may|might|must)$/;

const DEFINITION = /^\s*(what|who)('s|’s| is| are| was| were) /i;
const MAX_DEFINED_WORDS = 3;

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
  const classes = wordClasses(writtenWords(text, terms));
  const concepts: Concept[] = [];
  const seen = new Set<string>();
  for (let i = 0; i < terms.length && concepts.length < MAX_CONCEPTS; ) {
    const alias = longestAlias(terms, i, aliases);
    const length = alias?.length ?? 1;
    const run = terms.slice(i, i + length);
    const first = run[0];
    const at = i;
    i += length;
    if (first === undefined) break;
    const key = run.map((term) => term.stem).join(' ');
    if ((alias === undefined && isFunctionWord(first.word)) || seen.has(key)) continue;
    seen.add(key);
    const written = text.slice(first.start, run.at(-1)?.end);
    const names = [run.map((term) => term.stem), ...(alias?.group ?? [])];
    const found = conceptOf(written, classes[at] ?? 0, names, lexical);
    concepts.push({ ...found, first: at, end: i });
  }
  const idf = concepts.reduce((sum, concept) => sum + concept.idf, 0);
  return {
    text,
    concepts,
    idf,
    expects: expectedAnswer(text),
    focus: focusOf(terms, concepts),
    asksForDefinition: concepts.length <= MAX_DEFINED_WORDS && DEFINITION.test(text),
  };
}

function focusOf(terms: readonly Term[], concepts: readonly Concept[]): number | undefined {
  const asking = terms.findIndex(
    ({ word }, i) => ASKS_FOR_NEXT.has(word) || (/^(many|much)$/.test(word) && terms[i - 1]?.word === 'how'),
  );
  const next = terms[asking + 1]?.word ?? '';
  if (asking < 0 || next === '' || VERB_FIRST.test(next)) return undefined;
  const found = concepts.findIndex(({ first }) => first > asking);
  return found < 0 ? undefined : found;
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
): Omit<Concept, 'first' | 'end'> {
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
