import MiniSearch from 'minisearch';
import type { Embedder } from '../../src/embedding/embedder.ts';
import { dot } from '../../src/embedding/pooling.ts';
import { type Corpus, corpusOf } from '../../src/indexing/corpus.ts';
import type { NamedGeneration } from '../../src/indexing/store.ts';
import { lexicalScores } from '../../src/retrieval/bm25.ts';
import { readQuestion } from '../../src/retrieval/question.ts';
import type { Seed } from '../../src/seeds/seed.ts';
import { RANKED_QUOTES } from './metrics.ts';

/** The floor's weights, chosen so that no public set dislikes them: BM25's beside the cosine, the passage's share. */
const LEXICAL_WEIGHT = 0.5;
const PASSAGE_WEIGHT = 0.5;

/** Every baseline, in the order of the table. */
export const BASELINES = ['floor (hybrid)', 'BM25', 'dense only', 'MiniSearch', 'document order'] as const;
export type Baseline = (typeof BASELINES)[number];

/** A sentence's place: its seed's id and offsets. */
export interface Place {
  readonly seed: string;
  readonly start: number;
  readonly end: number;
}

/** Rankings that ask for no more than a library and a loop; they rank the product's own sentences. */
export class Baselines {
  readonly #corpus: Corpus;
  readonly #embedder: Embedder;
  /** MiniSearch over one seed's sentences, or over all under `''`. */
  readonly #miniSearches = new Map<string, MiniSearch>();

  constructor(seeds: readonly Seed[], stored: NamedGeneration, embedder: Embedder) {
    this.#corpus = corpusOver(seeds, stored);
    this.#embedder = embedder;
  }

  /**
   * Ranks sentences by each baseline.
   * @param seed id of the only seed to look into; all when undefined. Idf is always that of all seeds, as in the
   *   product, save for MiniSearch, which knows nothing of other seeds.
   * @returns the first ten of each, best first; ties in document order
   */
  async rank(text: string, seed: string | undefined): Promise<Readonly<Record<Baseline, readonly Place[]>>> {
    const [embedding] = await this.#embedder.embed([text]);
    if (embedding === undefined) throw new Error('the model returned nothing');
    const ids = this.#sentencesOf(seed);
    const question = readQuestion(text, this.#corpus.lexical, []);
    const lexical = lexicalScores(question, this.#corpus);
    const cosine = (id: number) => dot(this.#corpus.sentenceVector(id), embedding.vector);
    const bm25 = (id: number) => lexical.sentences[id] ?? 0;
    const hybrid = (id: number) => {
      const passage = this.#corpus.sentences.at(id)?.passage ?? 0;
      const passageCosine = dot(this.#corpus.passageVector(passage), embedding.vector);
      const prior = passageCosine + LEXICAL_WEIGHT * (lexical.passages[passage] ?? 0);
      return cosine(id) + LEXICAL_WEIGHT * bm25(id) + PASSAGE_WEIGHT * prior;
    };
    return {
      'floor (hybrid)': this.#best(ids, hybrid),
      BM25: this.#best(ids, bm25),
      'dense only': this.#best(ids, cosine),
      MiniSearch: this.#places(
        this.#miniSearch(seed)
          .search(text)
          .map(({ id }) => Number(id)),
      ),
      'document order': this.#places(ids),
    };
  }

  #sentencesOf(seed: string | undefined): number[] {
    const { seeds, sentences } = this.#corpus;
    const range = seeds.find((one) => one.seed.id === seed);
    const first = range?.firstSentence ?? 0;
    const end = range?.endSentence ?? sentences.length;
    return Array.from({ length: end - first }, (_, i) => first + i);
  }

  #best(ids: readonly number[], scoreOf: (id: number) => number): Place[] {
    const scored = ids.map((id) => ({ id, score: scoreOf(id) }));
    return this.#places(scored.sort((a, b) => b.score - a.score || a.id - b.id).map(({ id }) => id));
  }

  #places(ids: readonly number[]): Place[] {
    return ids.slice(0, RANKED_QUOTES).flatMap((id) => {
      const sentence = this.#corpus.sentences.at(id);
      const seed = this.#corpus.seeds[sentence?.seed ?? 0]?.seed;
      if (sentence === undefined || seed === undefined) return [];
      return [{ seed: seed.id, start: sentence.start, end: sentence.end }];
    });
  }

  /** MiniSearch with the options that it comes with. */
  #miniSearch(seed: string | undefined): MiniSearch {
    const key = seed ?? '';
    const known = this.#miniSearches.get(key);
    if (known !== undefined) return known;
    const made = new MiniSearch({ fields: ['text'] });
    const { seeds, sentences } = this.#corpus;
    made.addAll(
      this.#sentencesOf(seed).map((id) => {
        const { seed: owner = 0, start = 0, end = 0 } = sentences.at(id) ?? {};
        return { id, text: seeds[owner]?.seed.text.slice(start, end) ?? '' };
      }),
    );
    this.#miniSearches.set(key, made);
    return made;
  }
}

function corpusOver(seeds: readonly Seed[], stored: NamedGeneration): Corpus {
  const { manifest, units } = stored;
  let end = 0;
  const indexed = manifest.seeds.flatMap(({ id, sentences: count }) => {
    const firstSentence = end;
    end += count;
    const seed = seeds.find((one) => one.id === id);
    return seed === undefined ? [] : [{ seed, firstSentence, endSentence: end }];
  });
  return corpusOf({ ...stored, dimensions: manifest.dimensions, units: { ...units, seeds: indexed } });
}
