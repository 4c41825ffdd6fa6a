import type { Embedding } from '../embedding/embedder.ts';
import { termsOf } from '../indexing/terms.ts';
import type { Question } from './question.ts';

/** Which word pieces of an embedded question belong to what; rows of its `tokenVectors`. */
export interface QuestionPieces {
  /** Every word's, the function words' too. */
  readonly words: readonly number[];
  /** The question word's; empty without one. */
  readonly asking: readonly number[];
  /** By concept of the question; empty where the embedded text had other words for it. */
  readonly concepts: readonly (readonly number[])[];
}

const ASKING: ReadonlySet<string> = new Set([
  'who',
  'whom',
  'whose',
  'what',
  'which',
  'where',
  'when',
  'why',
  'how',
]);

/** Finds the words of a question among the pieces that the model cut it into. */
export function piecesOf(question: Question, { pieces }: Pick<Embedding, 'pieces'>): QuestionPieces {
  const words = wordsOf(pieces);
  const rows = (kept: (word: string) => boolean) =>
    words.filter(({ word }) => kept(word)).flatMap((word) => word.rows);
  const concepts = question.concepts.map(({ read: written }) => {
    const terms = termsOf(written).map(({ word }) => withoutMarks(word));
    return rows((word) => terms.some((term) => term === word || (word.length > 1 && term.startsWith(word))));
  });
  return { words: rows(() => true), asking: rows((word) => ASKING.has(word)), concepts };
}

/** The words that runs of pieces make, in lower case and without accents, as the model reads them. */
function wordsOf(pieces: readonly string[]): { word: string; rows: number[] }[] {
  const words: { word: string; rows: number[] }[] = [];
  pieces.forEach((piece, row) => {
    const last = words.at(-1);
    if (piece.startsWith('##') && last !== undefined) {
      last.word += piece.slice(2);
      last.rows.push(row);
    } else {
      words.push({ word: piece, rows: [row] });
    }
  });
  return words.filter(({ word }) => /[\p{L}\p{N}]/u.test(word));
}

function withoutMarks(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '');
}
