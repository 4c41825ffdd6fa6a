import type { Embedder, Embedding } from './embedder.ts';

/** Some 6 MB of questions. */
const MOST_TEXTS = 256;

/**
 * An embedder that has the texts at hand that were asked for last: popular questions come again and again, and follow-ups
 * repeat the question before. What it remembers holds for every index, for a vector depends on its text alone.
 */
export function remembering(embedder: Embedder, mostTexts = MOST_TEXTS): Embedder {
  /** In order of use, the longest unused first. */
  const known = new Map<string, Embedding>();
  const use = (text: string, embedding: Embedding) => {
    known.delete(text);
    known.set(text, embedding);
    for (const oldest of known.keys()) {
      if (known.size <= mostTexts) break;
      known.delete(oldest);
    }
  };
  return {
    ...embedder,
    async embed(texts) {
      const found = texts.map((text) => known.get(text));
      const missing = texts.filter((_, i) => found[i] === undefined);
      const embedded = missing.length === 0 ? [] : await embedder.embed(missing);
      let next = 0;
      const all = found.map((one) => one ?? embedded[next++]).filter((one) => one !== undefined);
      for (const [i, embedding] of all.entries()) use(texts[i] ?? '', embedding);
      return all;
    },
  };
}
