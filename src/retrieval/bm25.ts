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

/** Scores the sentences and passages that have the question's words; the others have 0. */
export function lexicalScores(question: Question, corpus: Corpus): LexicalScores {
  const sentences = new Float32Array(corpus.sentences.length);
  const passages = new Float32Array(corpus.passages.length);
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
    const rarest = form.reduce((a, b) => (corpus.lexical.frequency(b) < corpus.lexical.frequency(a) ? b : a));
    const { sentences, counts } = corpus.lexical.postingsOf(rarest);
    sentences.forEach((sentence, i) => {
      const count = form.length === 1 ? (counts[i] ?? 0) : countRuns(corpus.lexical.wordsOf(sentence), form);
      if (count > 0) counted.set(sentence, (counted.get(sentence) ?? 0) + count);
    });
  }
  const sentences = Uint32Array.from(counted.keys()).sort();
  return { sentences, counts: Uint16Array.from(sentences, (sentence) => counted.get(sentence) ?? 0) };
}

function countRuns(words: Uint32Array, form: readonly number[]): number {
  let count = 0;
  for (let at = 0; at + form.length <= words.length; at++) {
    if (form.every((id, k) => words[at + k] === id)) count++;
  }
  return count;
}
