import type { Corpus } from '../indexing/corpus.ts';
import type { Concept, Question } from './question.ts';

/** Okapi BM25's usual constants (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework"). */
const K1 = 1.2;
const B = 0.75;

/** BM25 over the question's total idf: 0 … K1 + 1, by sentence and by passage. */
export interface LexicalScores {
  readonly sentences: Float32Array;
  readonly passages: Float32Array;
}

/** Scores every sentence and passage by the question's words. */
export function lexicalScores(question: Question, corpus: Corpus): LexicalScores {
  const sentences = new Float32Array(corpus.sentences.length);
  const passages = new Float32Array(corpus.passages.length);
  if (question.idf === 0) return { sentences, passages };
  const { wordStarts } = corpus.lexical.tables;
  const words = wordStarts.at(-1) ?? 0;
  const sentenceMean = words / Math.max(1, sentences.length);
  const passageMean = words / Math.max(1, passages.length);
  for (const concept of question.concepts) {
    const weight = concept.idf / question.idf;
    const inPassage = new Map<number, number>();
    for (const [sentence, count] of occurrences(concept, corpus)) {
      const length = (wordStarts[sentence + 1] ?? 0) - (wordStarts[sentence] ?? 0);
      sentences[sentence] = (sentences[sentence] ?? 0) + weight * saturate(count, length / sentenceMean);
      const passage = corpus.sentences[sentence]?.passage ?? 0;
      inPassage.set(passage, (inPassage.get(passage) ?? 0) + count);
    }
    for (const [passage, count] of inPassage) {
      const unit = corpus.passages[passage];
      const end = wordStarts[unit?.endSentence ?? 0] ?? 0;
      const length = end - (wordStarts[unit?.firstSentence ?? 0] ?? 0);
      passages[passage] = (passages[passage] ?? 0) + weight * saturate(count, length / passageMean);
    }
  }
  return { sentences, passages };
}

function saturate(count: number, relativeLength: number): number {
  return ((K1 + 1) * count) / (count + K1 * (1 - B + B * relativeLength));
}

/** How often each sentence has the concept, in any of its forms. */
function occurrences(concept: Concept, corpus: Corpus): Map<number, number> {
  const found = new Map<number, number>();
  for (const form of concept.forms) {
    const rarest = form.reduce((a, b) => (corpus.lexical.frequency(b) < corpus.lexical.frequency(a) ? b : a));
    const { sentences, counts } = corpus.lexical.postingsOf(rarest);
    sentences.forEach((sentence, i) => {
      const count = form.length === 1 ? (counts[i] ?? 0) : countRuns(corpus.lexical.wordsOf(sentence), form);
      if (count > 0) found.set(sentence, (found.get(sentence) ?? 0) + count);
    });
  }
  return found;
}

function countRuns(words: Uint32Array, form: readonly number[]): number {
  let count = 0;
  for (let at = 0; at + form.length <= words.length; at++) {
    if (form.every((id, k) => words[at + k] === id)) count++;
  }
  return count;
}
