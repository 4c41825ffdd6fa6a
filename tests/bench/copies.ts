import type { Embedder, Embedding } from '../../src/embedding/embedder.ts';
import { normaliseRows } from '../../src/embedding/pooling.ts';
import { seededRandom } from '../eval/sample.ts';

/** Length of the noise beside the unit length of the vector that is copied: about as far as texts of one subject lie. */
const NOISE = 0.6;

/** What went through the model and what did not. */
export interface Counts {
  /** Texts and word pieces that the model embedded, and how long it took. */
  texts: number;
  tokens: number;
  seconds: number;
  /** Texts that got a noisy copy of another one's vector. */
  copied: number;
}

/**
 * An embedder that asks the model for the first texts, and gives every further one a noisy copy of one of theirs.
 * A text that was embedded before gets its own vector.
 * @param realTexts how many go through the model
 */
export function copying(embedder: Embedder, realTexts: number): { embedder: Embedder; counts: Counts } {
  const counts: Counts = { texts: 0, tokens: 0, seconds: 0, copied: 0 };
  const known = new Map<string, Embedding>();
  const list: Embedding[] = [];
  const random = seededRandom(7);
  const embedNew = async (texts: readonly string[]) => {
    const started = performance.now();
    const embeddings = await embedder.embed(texts);
    counts.seconds += (performance.now() - started) / 1000;
    counts.texts += texts.length;
    for (const [i, embedding] of embeddings.entries()) {
      counts.tokens += embedding.pieces.length + 2;
      known.set(texts[i] ?? '', embedding);
      list.push(embedding);
    }
  };
  const copy = (): Embedding => {
    counts.copied += 1;
    const original = list[Math.floor(random() * list.length)];
    if (original === undefined) throw new Error('there is nothing to copy');
    return { ...original, vector: noisy(original.vector, random) };
  };
  return {
    counts,
    embedder: {
      ...embedder,
      countTokens: (text) => embedder.countTokens(text),
      async embed(texts) {
        const fresh = [...new Set(texts)].filter((text) => !known.has(text));
        const room = Math.max(0, realTexts - counts.texts);
        if (fresh.length > 0 && room > 0) await embedNew(fresh.slice(0, room));
        return texts.map((text) => known.get(text) ?? copy());
      },
    },
  };
}

function noisy(vector: Float32Array, random: () => number): Float32Array {
  const noise = Float32Array.from(vector, () => random() - 0.5);
  normaliseRows(noise, noise.length);
  return normaliseRows(
    vector.map((number, d) => number + NOISE * (noise[d] ?? 0)),
    vector.length,
  );
}
