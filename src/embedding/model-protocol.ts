import { z } from 'zod';
import type { Embedding } from './embedder.ts';
import type { EmbedderOptions, ModelPlace } from './transformers-embedder.ts';

/** What the process that holds the model is told: first to load it, then texts, one request at a time. */
export type Request =
  | { readonly load: Omit<EmbedderOptions, 'report'> }
  | { readonly id: number; readonly texts: readonly string[] };

const finite = z.instanceof(Float32Array).refine(areFinite, 'a number that is not finite');

/** A question has some 6,000 numbers, and `every` calls a function for each. */
function areFinite(numbers: Float32Array): boolean {
  for (let i = 0; i < numbers.length; i++) if (!Number.isFinite(numbers[i])) return false;
  return true;
}

const embeddingShape = z.object({
  vector: finite,
  tokenVectors: finite,
  pieces: z.array(z.string()),
});

const placeShape: z.ZodType<ModelPlace> = z.object({
  name: z.string(),
  folder: z.string().nullable(),
  modelsFolder: z.string(),
  digest: z.string().nullable(),
});

/** What it says: that it is still loading, a line for the operator, and then one answer a request. */
export const replyShape = z.union([
  z.object({ loading: z.literal(true) }),
  z.object({ line: z.string() }),
  z.object({
    ready: z.object({
      place: placeShape,
      fingerprint: z.string(),
      dimensions: z.number().int().positive(),
      maxTokens: z.number().int().positive(),
    }),
  }),
  z.object({ id: z.number(), embeddings: z.array(embeddingShape) }),
  /** In one line; `expected` for what the operator can mend. It ends after this. */
  z.object({ failed: z.string(), expected: z.boolean() }),
]);

export type Reply = z.infer<typeof replyShape>;
/** What a loaded model says of itself. */
export type Ready = Extract<Reply, { ready: unknown }>['ready'];

/** What is wrong with embeddings that came for `count` texts, or null. */
export function faultIn(embeddings: readonly Embedding[], count: number, dimensions: number): string | null {
  if (embeddings.length !== count) return `${embeddings.length} embeddings for ${count} texts`;
  for (const { vector, tokenVectors, pieces } of embeddings) {
    if (vector.length !== dimensions) return `a vector of ${vector.length} numbers, not ${dimensions}`;
    if (tokenVectors.length !== pieces.length * dimensions) return 'vectors of word pieces of a wrong length';
  }
  return null;
}
