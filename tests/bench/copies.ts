import type { Embedder, Embedding } from '../../src/embedding/embedder.ts';
import { normaliseRows } from '../../src/embedding/pooling.ts';
import { seededRandom } from '../eval/sample.ts';

/** Length of the noise beside the unit length of the vector that is copied: about as far as texts of one subject lie. */
const NOISE = 0.6;
/** A copy is taken of one of so many texts that are about as long. */
const ALIKE_IN_LENGTH = 64;

/** What went through the model and what did not. */
export interface Counts {
  /** Texts and word pieces that the model embedded, and how long it took. */
  texts: number;
  tokens: number;
  seconds: number;
  /** Texts that got a noisy copy of another one's vector. */
  copied: number;
}

/** Texts and what the model made of them. */
export class KnownTexts {
  readonly counts: Counts = { texts: 0, tokens: 0, seconds: 0, copied: 0 };
  readonly #embedder: Embedder;
  readonly #known = new Map<string, Embedding>();

  constructor(embedder: Embedder) {
    this.#embedder = embedder;
  }

  /** The model itself, overheard. */
  get recording(): Embedder {
    return this.#embedderThat(async (texts) => {
      const started = performance.now();
      const embeddings = await this.#embedder.embed(texts);
      this.counts.seconds += (performance.now() - started) / 1000;
      this.counts.texts += texts.length;
      for (const [i, embedding] of embeddings.entries()) {
        this.counts.tokens += embedding.pieces.length + 2;
        this.#known.set(texts[i] ?? '', embedding);
      }
      return embeddings;
    });
  }

  /** Gives a known text its own vector, and every other one a noisy copy of that of a known one about as long. */
  get copying(): Embedder {
    const byLength = [...this.#known].sort(([a], [b]) => a.length - b.length);
    const lengths = byLength.map(([text]) => text.length);
    const random = seededRandom(7);
    const copy = (text: string): Embedding => {
      this.counts.copied += 1;
      const around = firstAtLeast(lengths, text.length) - ALIKE_IN_LENGTH / 2;
      const from = Math.max(0, Math.min(around, byLength.length - ALIKE_IN_LENGTH));
      const among = Math.min(ALIKE_IN_LENGTH, byLength.length);
      const original = byLength[from + Math.floor(random() * among)]?.[1];
      if (original === undefined) throw new Error('there is nothing to copy');
      return { ...original, vector: noisy(original.vector, random) };
    };
    return this.#embedderThat(async (texts) => texts.map((text) => this.#known.get(text) ?? copy(text)));
  }

  #embedderThat(embed: Embedder['embed']): Embedder {
    const { fingerprint, dimensions, maxTokens } = this.#embedder;
    return {
      fingerprint,
      dimensions,
      maxTokens,
      countTokens: (text) => this.#embedder.countTokens(text),
      embed,
    };
  }
}

function firstAtLeast(ascending: readonly number[], value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function noisy(vector: Float32Array, random: () => number): Float32Array {
  const noise = Float32Array.from(vector, () => random() - 0.5);
  normaliseRows(noise, noise.length);
  return normaliseRows(
    vector.map((number, d) => number + NOISE * (noise[d] ?? 0)),
    vector.length,
  );
}
