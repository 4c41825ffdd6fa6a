import type { Corpus } from '../indexing/corpus.ts';
import type { Postings } from '../indexing/lexical-index.ts';
import type { Concept, Question } from './question.ts';

/** Okapi BM25's usual constants (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework"). */
const K1 = 1.2;
const B = 0.75;

/** BM25 over the question's total idf: 0 … K1 + 1, by sentence and by passage. */
export interface LexicalScores {
  readonly sentences: Float32Array;
  readonly passages: Float32Array;
  /** The sentences that have any of the question's words, each once. */
  readonly found: Uint32Array;
}

/** What is the same for every question to a corpus. */
interface Prepared {
  /** What is added to a word's count below the fraction line: more for longer units. */
  readonly sentenceNorms: Float64Array;
  readonly passageNorms: Float64Array;
  /** Room for scores that nobody looks at any more: of large corpora it has megabytes. */
  readonly free: LexicalScores[];
}

const preparedOf = new WeakMap<Corpus, Prepared>();

function prepare(corpus: Corpus): Prepared {
  const { passageWords, lexical } = corpus;
  const sentenceWords = lexical.wordStarts.subarray(1).map((end, i) => end - (lexical.wordStarts[i] ?? 0));
  const prepared = {
    sentenceNorms: normsOf(sentenceWords),
    passageNorms: normsOf(passageWords),
    free: [],
  };
  preparedOf.set(corpus, prepared);
  return prepared;
}

function normsOf(lengths: Uint32Array): Float64Array {
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  return new Float64Array(lengths).map((length) => K1 * (1 - B + (B * length) / mean));
}

function roomFor({ sentences: { length }, passageWords }: Corpus): LexicalScores {
  return {
    sentences: new Float32Array(length),
    passages: new Float32Array(passageWords.length),
    found: new Uint32Array(length),
  };
}

/** Gives the room of scores back, for other questions to the corpus. */
export function forget({ sentences, passages, found }: LexicalScores, corpus: Corpus): void {
  preparedOf.get(corpus)?.free.push({ sentences, passages, found: new Uint32Array(found.buffer) });
}

/** Scores the sentences and passages that have the question's words; the others have 0. */
export function lexicalScores(question: Question, corpus: Corpus): LexicalScores {
  const { sentenceNorms, passageNorms, free } = preparedOf.get(corpus) ?? prepare(corpus);
  const { sentences, passages, found } = free.pop() ?? roomFor(corpus);
  sentences.fill(0);
  passages.fill(0);
  let seen = 0;
  const { passageOf } = corpus;
  const addToPassage = (passage: number, weight: number, count: number) => {
    passages[passage] = (passages[passage] ?? 0) + weight * saturate(count, passageNorms[passage] ?? 0);
  };
  for (const concept of question.idf === 0 ? [] : question.concepts) {
    const weight = concept.idf / question.idf;
    const postings = occurrences(concept, corpus);
    let passage = -1;
    let inPassage = 0;
    for (let i = 0; i < postings.sentences.length; i++) {
      const sentence = postings.sentences[i] as number;
      const count = postings.counts[i] as number;
      const before = sentences[sentence] as number;
      if (before === 0) found[seen++] = sentence;
      sentences[sentence] = before + weight * saturate(count, sentenceNorms[sentence] as number);
      const of = passageOf[sentence] as number;
      if (of !== passage && inPassage > 0) addToPassage(passage, weight, inPassage);
      inPassage = of === passage ? inPassage + count : count;
      passage = of;
    }
    if (inPassage > 0) addToPassage(passage, weight, inPassage);
  }
  return { sentences, passages, found: found.subarray(0, seen) };
}

function saturate(count: number, norm: number): number {
  return ((K1 + 1) * count) / (count + norm);
}

/** The sentences that have the concept in any of its forms, ascending, and how often. */
function occurrences(concept: Concept, corpus: Corpus): Postings {
  const [only] = concept.forms;
  if (concept.forms.length === 1 && only?.length === 1) return corpus.lexical.postingsOf(only[0] ?? 0);
  const each = concept.forms.map((form) =>
    form.length === 1 ? corpus.lexical.postingsOf(form[0] ?? 0) : runs(form, corpus),
  );
  return each.reduce(together, { sentences: new Uint32Array(), counts: new Uint16Array() });
}

/** Two ascending lists as one; what is in both counts twice. */
function together(a: Postings, b: Postings): Postings {
  const most = a.sentences.length + b.sentences.length;
  const sentences = new Uint32Array(most);
  const counts = new Uint16Array(most);
  let length = 0;
  for (let i = 0, j = 0; i < a.sentences.length || j < b.sentences.length; length++) {
    const left = a.sentences[i] ?? Number.POSITIVE_INFINITY;
    const right = b.sentences[j] ?? Number.POSITIVE_INFINITY;
    sentences[length] = Math.min(left, right);
    counts[length] = (left <= right ? (a.counts[i++] ?? 0) : 0) + (right <= left ? (b.counts[j++] ?? 0) : 0);
  }
  return { sentences: sentences.subarray(0, length), counts: counts.subarray(0, length) };
}

/** The sentences that have the words of a form one after the other, and how often. */
function runs(form: readonly number[], { lexical }: Corpus): Postings {
  const byRarity = [...new Set(form)].sort((a, b) => lexical.frequency(a) - lexical.frequency(b));
  const [first = 0, ...rest] = byRarity;
  // Most sentences that have one of the words lack another: their words need not be looked at.
  const all = rest.reduce(
    (some, id) => common(some, lexical.postingsOf(id).sentences),
    lexical.postingsOf(first).sentences,
  );
  const counts = Uint16Array.from(all, (sentence) => countRuns(lexical.wordsOf(sentence), form));
  const has = (_: number, i: number) => (counts[i] ?? 0) > 0;
  return { sentences: all.filter(has), counts: counts.filter((count) => count > 0) };
}

/** What two ascending lists have in common; the first is the shorter one. */
function common(some: Uint32Array, others: Uint32Array): Uint32Array {
  let at = 0;
  return some.filter((id) => {
    while ((others[at] ?? Number.POSITIVE_INFINITY) < id) at++;
    return others[at] === id;
  });
}

function countRuns(words: Uint32Array, form: readonly number[]): number {
  let count = 0;
  for (let at = 0; at + form.length <= words.length; at++) {
    if (form.every((id, k) => words[at + k] === id)) count++;
  }
  return count;
}
