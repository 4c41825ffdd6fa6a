import { isFunctionWord } from '../indexing/function-words.ts';
import type { LexicalIndex } from '../indexing/lexical-index.ts';
import { type Term, termsOf, writtenWords } from '../indexing/terms.ts';
import { WordClass, wordClasses } from '../indexing/word-class.ts';
import { type ExpectedAnswer, expectedAnswer } from './expected-answer.ts';
import { meantWord, withQuestionWords } from './spelling.ts';

/** A content word of the question, or a name with its aliases, as it is looked for. */
export interface Concept {
  /** As the question has it, for people. */
  readonly word: string;
  /** What the model reads in its place: the articles' own name for it, or the word that was meant. */
  readonly read: string;
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
  /** "Who is the minister?", "Who are the two?", "the heads names": the answer is a name. */
  readonly asksWhoSomebodyIs: boolean;
  /** What a photo shows, or whose it is: a caption can tell. */
  readonly asksForPicture: boolean;
}

/** A name as it is written, and its stems. */
export interface Name {
  readonly written: string;
  readonly stems: readonly string[];
}

/** Names of one thing. */
export type AliasGroup = readonly Name[];

/** Most content words that are looked at; a longer question is searched by its first ones and its vector. */
const MAX_CONCEPTS = 64;

const ASKS_FOR_NEXT: ReadonlySet<string> = new Set(['what', 'which', 'whose']);
/** After "what", a verb that stands where the thing asked for would: "what is …", "what did …". */
const VERB_FIRST =
  /^(is|was|are|were|be|did|does|do|has|have|had|can|could|would|will|should|may|might|must)$/;

const DEFINITION =
  /^\s*(?:(?:what|who)(?:'s|’s| is| are| was| were) |what does .{1,80} (?:stand for|mean)\b)/i;
const MAX_DEFINED_WORDS = 3;
const IDENTITY =
  /\b[Ww]ho(?:['’]s|['’]re| is| are| was| were) (?:the|an?|its|his|her|their|our|\p{Lu}[\p{L}.-]{0,40})(?![\p{L}'’])|\b[Nn]ames? of the\b|\b[Nn]ames$/u;
const PICTURE = /\b(?:photo(?:graph)?s?|pictures?|images?|captions?|pictured|photographed|depicted)\b/i;

/** Another name or number is another thing, never a slip. */
const ANY_NAME_OR_NUMBER = WordClass.NAME | WordClass.NUMBER | WordClass.YEAR;

/** Enough to see whether a word is a name. */
const SENTENCES_LOOKED_AT = 8;

/**
 * @param typed the question, in any state
 * @param aliases names that may stand for one another
 * @param isWord whether a text is a word that people know; what is none was mistyped
 */
export function readQuestion(
  typed: string,
  lexical: LexicalIndex,
  aliases: readonly AliasGroup[],
  isWord: (text: string) => boolean = () => false,
): Question {
  const text = withQuestionWords(typed, lexical);
  const terms = termsOf(text);
  const classes = classesOf(text, terms, lexical);
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
    const own = { written, stems: run.map(({ stem }) => stem) };
    const found = conceptOf([own, ...(alias?.group ?? [])], classes[at] ?? 0, lexical, isWord);
    concepts.push({ ...found, first: at, end: i });
  }
  return {
    text,
    concepts,
    idf: concepts.reduce((sum, concept) => sum + concept.idf, 0),
    expects: expectedAnswer(text),
    focus: focusOf(terms, concepts),
    asksForDefinition: concepts.length <= MAX_DEFINED_WORDS && DEFINITION.test(text),
    asksWhoSomebodyIs: IDENTITY.test(text),
    asksForPicture: PICTURE.test(text),
  };
}

/** The question as the model is to read it: with the articles' names for things, and without slips of the finger. */
export function asRead({ text, concepts }: Question): string {
  return concepts.reduce(
    (words, { word, read }) => (read === word ? words : words.replace(word, () => read)),
    text,
  );
}

/** A question all in small or all in capital letters does not mark its names; the sources do. */
function classesOf(text: string, terms: readonly Term[], lexical: LexicalIndex): number[] {
  const classes = wordClasses(writtenWords(text, terms));
  if (/\p{Lu}/u.test(text) && /\p{Ll}/u.test(text)) return classes;
  return classes.map((bits, i) => {
    const plain = bits & ~WordClass.NAME;
    return isWrittenAsName(terms[i]?.stem ?? '', lexical) ? plain | WordClass.NAME : plain;
  });
}

/** Whether most of the first few sentences that have a word write it as a name. */
function isWrittenAsName(stem: string, lexical: LexicalIndex): boolean {
  const id = lexical.idOf(stem);
  if (id === undefined) return false;
  const { sentences } = lexical.postingsOf(id);
  const some = [...sentences.subarray(0, SENTENCES_LOOKED_AT)];
  const named = some.filter((sentence) => {
    const classes = lexical.classesOf(sentence);
    return lexical
      .wordsOf(sentence)
      .some((word, i) => word === id && ((classes[i] ?? 0) & WordClass.NAME) !== 0);
  });
  return 2 * named.length > some.length;
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
  for (const { stems, group } of byFirstStem(aliases).get(terms[at]?.stem ?? '') ?? []) {
    const matches = stems.every((stem, k) => terms[at + k]?.stem === stem);
    if (matches && stems.length > (best?.length ?? 0)) best = { length: stems.length, group };
  }
  return best;
}

type AliasesByStem = ReadonlyMap<string, { stems: readonly string[]; group: AliasGroup }[]>;
/** Thousands of articles define thousands of names. */
const aliasesByStem = new WeakMap<readonly AliasGroup[], AliasesByStem>();

function byFirstStem(aliases: readonly AliasGroup[]): AliasesByStem {
  const known = aliasesByStem.get(aliases);
  if (known !== undefined) return known;
  const named = aliases.flatMap((group) => group.map(({ stems }) => ({ stems, group })));
  const made = new Map<string, typeof named>();
  for (const one of named) {
    const [first] = one.stems;
    if (first === undefined) continue;
    const others = made.get(first);
    if (others === undefined) made.set(first, [one]);
    else others.push(one);
  }
  aliasesByStem.set(aliases, made);
  return made;
}

function conceptOf(
  names: readonly [Name, ...Name[]],
  classes: number,
  lexical: LexicalIndex,
  isWord: (text: string) => boolean,
): Omit<Concept, 'first' | 'end'> {
  const [{ written: word, stems }] = names;
  const forms: number[][] = [];
  const read: string[] = [];
  const add = (form: number[], written: string) => {
    if (!forms.some((known) => known.join() === form.join())) forms.push(form);
    read.push(written);
  };
  for (const name of names) {
    const ids = name.stems.map((stem) => lexical.idOf(stem));
    if (ids.every((id) => id !== undefined)) add(ids, name.written);
  }
  const isPlain = names.length === 1 && stems.length === 1 && (classes & ANY_NAME_OR_NUMBER) === 0;
  if (forms.length === 0 && isPlain && !isWord(word)) {
    const meant = meantWord(word.toLowerCase(), lexical);
    if (meant !== undefined) add([meant.stem], meant.written);
  }
  const frequency = Math.max(0, ...forms.map((form) => Math.min(...form.map((id) => lexical.frequency(id)))));
  const idf = inverseFrequency(frequency, lexical.size);
  return { word, read: read[0] ?? word, classes, forms, idf };
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
