import { PieceProducts } from './piece-products.ts';

/** How near a question's word pieces and a sentence's come to one another. */
export interface Interaction {
  /** For each piece of the question, its best cosine with a piece of the sentence, −1 … 1. */
  readonly best: Float32Array;
  /** Mean over the sentence's pieces of their best cosine with a piece of the question, −1 … 1. */
  readonly reverse: number;
}

/** The question's rows, as they were last set. */
const products = new PieceProducts();
let asked: Float32Array | undefined;

/**
 * Late interaction (ColBERT, https://arxiv.org/abs/2004.12832): every piece looks for its nearest on the other side.
 * @param question row by row, `dimensions` numbers each, unit length
 * @param sentence the same, each row scaled so that its largest number is ±127
 */
export function interact(question: Float32Array, sentence: Int8Array, dimensions: number): Interaction {
  const pieces = question.length / dimensions;
  const rows = sentence.length / dimensions;
  const best = new Float32Array(pieces).fill(rows === 0 ? 0 : -1);
  if (question !== asked) products.ask(question, dimensions);
  asked = question;
  const cosines = products.with(sentence);
  let reverse = 0;
  for (let r = 0, at = 0; r < rows; r++) {
    let nearest = -1;
    for (let piece = 0; piece < pieces; piece++) {
      const cosine = cosines[at++] as number;
      if (cosine > (best[piece] as number)) best[piece] = cosine;
      if (cosine > nearest) nearest = cosine;
    }
    reverse += nearest / rows;
  }
  return { best, reverse: pieces === 0 ? 0 : reverse };
}
