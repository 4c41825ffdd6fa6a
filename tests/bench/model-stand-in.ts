import type { Request } from '../../src/embedding/model-protocol.ts';

/**
 * Stands in for the process that holds the model where the model's own speed is not what is measured: it answers at
 * once, with vectors of the real sizes that are spread evenly, which are the hardest to index.
 */
const DIMENSIONS = 384;
const CHARS_A_PIECE = 5;

process.on('disconnect', () => process.exit());
process.on('message', async (request: Request) => {
  if ('load' in request) {
    const { locateModel } = await import('../../src/embedding/transformers-embedder.ts');
    const place = await locateModel({ ...request.load, report: () => undefined });
    process.send?.({ ready: { place, fingerprint: 'stand-in', dimensions: DIMENSIONS, maxTokens: 256 } });
  } else {
    process.send?.({ id: request.id, embeddings: request.texts.map(embeddingOf) });
  }
});

function embeddingOf(text: string) {
  const pieces = Array.from({ length: Math.max(1, Math.round(text.length / CHARS_A_PIECE)) }, () => 'piece');
  const vector = vectorOf(text);
  const tokenVectors = new Float32Array(pieces.length * DIMENSIONS);
  for (const i of pieces.keys()) tokenVectors.set(vector, i * DIMENSIONS);
  return { vector, tokenVectors, pieces };
}

/** The same for the same text; of unit length. */
function vectorOf(text: string): Float32Array {
  let state = 2_166_136_261;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 16_777_619);
  const vector = new Float32Array(DIMENSIONS);
  for (let i = 0; i < DIMENSIONS; i++) {
    state = (Math.imul(state ^ (state >>> 13), 1_540_483_477) + i) | 0;
    vector[i] = state / 2 ** 31;
  }
  const length = Math.hypot(...vector);
  return vector.map((number) => number / length);
}
