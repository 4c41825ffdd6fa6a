/** A question's word pieces that carry meaning. */
export interface QuestionPieces {
  /** Row by row, unit length. */
  readonly vectors: Float32Array;
  /** How much each piece counts; they sum to 1. */
  readonly weights: readonly number[];
}

/**
 * Late interaction (ColBERT, https://arxiv.org/abs/2004.12832): the weighted mean, over the question's pieces,
 * of the best cosine with a piece of the sentence.
 * @param sentence the sentence's pieces, `rows × dimensions`, each row scaled to ±127
 * @returns −1 … 1; 0 when either side has no piece
 */
export function lateInteraction(question: QuestionPieces, sentence: Int8Array, dimensions: number): number {
  const rows = sentence.length / dimensions;
  if (rows === 0) return 0;
  const best = new Float32Array(question.weights.length).fill(-1);
  for (let row = 0; row < rows; row++) {
    const offset = row * dimensions;
    let squares = 0;
    for (let d = 0; d < dimensions; d++) {
      const value = sentence[offset + d] ?? 0;
      squares += value * value;
    }
    const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
    for (let piece = 0; piece < best.length; piece++) {
      const cosine = innerProduct(question.vectors, piece * dimensions, sentence, offset, dimensions) * scale;
      if (cosine > (best[piece] ?? -1)) best[piece] = cosine;
    }
  }
  return question.weights.reduce((sum, weight, piece) => sum + weight * (best[piece] ?? 0), 0);
}

function innerProduct(a: Float32Array, aStart: number, b: Int8Array, bStart: number, length: number): number {
  let sum = 0;
  for (let d = 0; d < length; d++) sum += (a[aStart + d] ?? 0) * (b[bStart + d] ?? 0);
  return sum;
}
