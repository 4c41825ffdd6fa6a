/** The words of a corpus by sentence, and the sentences by word. Plain data, so that it is stored as it is. */
export interface LexicalTables {
  /** Stem → its id, 0 … `stems.length − 1`. */
  readonly stems: readonly string[];
  /** The stem ids of all sentences, in reading order, one sentence after the other. */
  readonly words: Uint32Array;
  /** What each of `words` looks like: bits of `WordClass`. */
  readonly classes: Uint16Array;
  /** Sentence i's words are `words[wordStarts[i] … wordStarts[i + 1])`. */
  readonly wordStarts: Uint32Array;
  /** Sentence ids by stem, ascending, each once. */
  readonly postings: Uint32Array;
  /** Occurrences of the stem in the sentence at the same place of `postings`. */
  readonly counts: Uint16Array;
  /** Stem i's postings are `postings[postingStarts[i] … postingStarts[i + 1])`. */
  readonly postingStarts: Uint32Array;
}

/** A sentence as it is indexed: its words in reading order. */
export type SentenceWords = readonly { readonly stem: string; readonly wordClass: number }[];

/** Looks up words in sentences. */
export class LexicalIndex {
  readonly tables: LexicalTables;
  readonly #ids: ReadonlyMap<string, number>;

  constructor(tables: LexicalTables) {
    this.tables = tables;
    this.#ids = new Map(tables.stems.map((stem, id) => [stem, id]));
  }

  static build(sentences: readonly SentenceWords[]): LexicalIndex {
    const ids = new Map<string, number>();
    const idOf = (stem: string) => {
      const id = ids.get(stem) ?? ids.size;
      ids.set(stem, id);
      return id;
    };
    const rows = sentences.map((words) => words.map(({ stem }) => idOf(stem)));
    const wordStarts = startsOf(rows.map((row) => row.length));
    const counted = rows.map(countWords);
    const frequencies = new Array<number>(ids.size).fill(0);
    for (const row of counted) for (const id of row.keys()) frequencies[id] = (frequencies[id] ?? 0) + 1;
    const postingStarts = startsOf(frequencies);
    const next = postingStarts.slice();
    const postings = new Uint32Array(postingStarts.at(-1) ?? 0);
    const counts = new Uint16Array(postings.length);
    counted.forEach((row, sentence) => {
      for (const [id, count] of row) {
        const place = next[id] ?? 0;
        postings[place] = sentence;
        counts[place] = Math.min(count, 0xffff);
        next[id] = place + 1;
      }
    });
    const words = Uint32Array.from(rows.flat());
    const classes = Uint16Array.from(sentences.flatMap((row) => row.map((word) => word.wordClass)));
    const stems = [...ids.keys()];
    return new LexicalIndex({ stems, words, classes, wordStarts, postings, counts, postingStarts });
  }

  /** Number of sentences. */
  get size(): number {
    return this.tables.wordStarts.length - 1;
  }

  /** @returns the stem's id, or undefined when no sentence has it */
  idOf(stem: string): number | undefined {
    return this.#ids.get(stem);
  }

  /** How many sentences have the stem. */
  frequency(id: number): number {
    const { postingStarts } = this.tables;
    return (postingStarts[id + 1] ?? 0) - (postingStarts[id] ?? 0);
  }

  /** The sentence's stem ids in reading order. */
  wordsOf(sentence: number): Uint32Array {
    const { words, wordStarts } = this.tables;
    return words.subarray(wordStarts[sentence], wordStarts[sentence + 1]);
  }

  /** The classes of `wordsOf(sentence)`. */
  classesOf(sentence: number): Uint16Array {
    const { classes, wordStarts } = this.tables;
    return classes.subarray(wordStarts[sentence], wordStarts[sentence + 1]);
  }

  /** The sentences that have the stem, ascending, and how often each has it. */
  postingsOf(id: number): { readonly sentences: Uint32Array; readonly counts: Uint16Array } {
    const { postings, counts, postingStarts } = this.tables;
    const [start, end] = [postingStarts[id], postingStarts[id + 1]];
    return { sentences: postings.subarray(start, end), counts: counts.subarray(start, end) };
  }
}

function startsOf(lengths: readonly number[]): Uint32Array {
  const starts = new Uint32Array(lengths.length + 1);
  lengths.forEach((length, i) => {
    starts[i + 1] = (starts[i] ?? 0) + length;
  });
  return starts;
}

function countWords(row: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const id of row) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
