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
  readonly found: readonly number[];
}

/** A corpus's last scores, whose room is used again: of large ones it has megabytes. */
const rooms = new WeakMap<Corpus, Pick<LexicalScores, 'sentences' | 'passages'>>();

function roomFor(corpus: Corpus): Pick<LexicalScores, 'sentences' | 'passages'> {
  const used = rooms.get(corpus);
  used?.sentences.fill(0);
  used?.passages.fill(0);
  const room = used ?? {
    sentences: new Float32Array(corpus.sentences.length),
    passages: new Float32Array(corpus.passages.length),
  };
  rooms.set(corpus, room);
  return room;
}

/**
 * Scores the sentences and passages that have the question's words; the others have 0. The scores of a corpus hold until
 * it is asked for others.
 */
export function lexicalScores(question: Question, corpus: Corpus): LexicalScores {
  const { sentences, passages } = roomFor(corpus);
  const found: number[] = [];
  if (question.idf === 0) return { sentences, passages, found };
  const { passageOf, passageWords } = corpus;
  const { wordStarts } = corpus.lexical;
  const words = wordStarts.at(-1) ?? 0;
  const sentenceMean = words / Math.max(1, sentences.length);
  const passageMean = words / Math.max(1, passages.length);
  const addToPassage = (passage: number, weight: number, count: number) => {
    const length = passageWords[passage] ?? 0;
    passages[passage] = (passages[passage] ?? 0) + weight * saturate(count, length / passageMean);
  };
  for (const concept of question.concepts) {
    const weight = concept.idf / question.idf;
    const postings = occurrences(concept, corpus);
    let passage = -1;
    let inPassage = 0;
    for (let i = 0; i < postings.sentences.length; i++) {
      const sentence = postings.sentences[i] ?? 0;
      const count = postings.counts[i] ?? 0;
      const length = (wordStarts[sentence + 1] ?? 0) - (wordStarts[sentence] ?? 0);
      const before = sentences[sentence] ?? 0;
      if (before === 0) found.push(sentence);
      sentences[sentence] = before + weight * saturate(count, length / sentenceMean);
      const of = passageOf[sentence] ?? 0;
      if (of !== passage && inPassage > 0) addToPassage(passage, weight, inPassage);
      inPassage = of === passage ? inPassage + count : count;
      passage = of;
    }
    if (inPassage > 0) addToPassage(passage, weight, inPassage);
  }
  return { sentences, passages, found };
}

function saturate(count: number, relativeLength: number): number {
  return ((K1 + 1) * count) / (count + K1 * (1 - B + B * relativeLength));
}

/** The sentences that have the concept in any of its forms, ascending, and how often. */
function occurrences(concept: Concept, corpus: Corpus): Postings {
  const [only] = concept.forms;
  if (concept.forms.length === 1 && only?.length === 1) return corpus.lexical.postingsOf(only[0] ?? 0);
  const counted = new Map<number, number>();
  for (const form of concept.forms) {
    const { sentences, counts } =
      form.length === 1 ? corpus.lexical.postingsOf(form[0] ?? 0) : runs(form, corpus);
    sentences.forEach((sentence, i) => {
      counted.set(sentence, (counted.get(sentence) ?? 0) + (counts[i] ?? 0));
    });
  }
  const sentences = Uint32Array.from(counted.keys()).sort();
  return { sentences, counts: Uint16Array.from(sentences, (sentence) => counted.get(sentence) ?? 0) };
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
