import { type PackedArrays, packArrays } from './number-arrays.ts';

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

/** Room for so many words at first. */
const FIRST_WORDS = 4096;

/** Sentence ids, ascending, and how often each has what was looked for. */
export interface Postings {
  readonly sentences: Uint32Array;
  readonly counts: Uint16Array;
}

/** Gives the numbers `[start, end)` of a table. */
type Part<Numbers> = (start: number, end: number) => Numbers;

/** The tables, of which the four large ones may lie in a file. */
type TableSource = Pick<LexicalTables, 'stems' | 'wordStarts' | 'postingStarts'> & {
  readonly words: Part<Uint32Array>;
  readonly classes: Part<Uint16Array>;
  readonly postings: Part<Uint32Array>;
  readonly counts: Part<Uint16Array>;
};

/** Looks up words in sentences. */
export class LexicalIndex {
  readonly #source: TableSource;
  readonly #ids: ReadonlyMap<string, number>;

  private constructor(source: TableSource) {
    this.#source = source;
    this.#ids = new Map(source.stems.map((stem, id) => [stem, id]));
  }

  static of({ words, classes, postings, counts, ...small }: LexicalTables): LexicalIndex {
    return new LexicalIndex({
      ...small,
      words: (start, end) => words.subarray(start, end),
      classes: (start, end) => classes.subarray(start, end),
      postings: (start, end) => postings.subarray(start, end),
      counts: (start, end) => counts.subarray(start, end),
    });
  }

  /** Reads what `pack` gave. */
  static read(packed: PackedArrays): LexicalIndex {
    return new LexicalIndex({
      stems: packed.rest as string[],
      wordStarts: packed.uint32('wordStarts'),
      postingStarts: packed.uint32('postingStarts'),
      words: (start, end) => packed.uint32('words', start, end),
      classes: (start, end) => packed.uint16('classes', start, end),
      postings: (start, end) => packed.uint32('postings', start, end),
      counts: (start, end) => packed.uint16('counts', start, end),
    });
  }

  pack(): Uint8Array {
    const { stems, ...arrays } = this.tables;
    return packArrays(arrays, stems);
  }

  /** All of it, in memory. */
  get tables(): LexicalTables {
    const { words, classes, postings, counts, ...small } = this.#source;
    const allWords = small.wordStarts.at(-1) ?? 0;
    const allPostings = small.postingStarts.at(-1) ?? 0;
    return {
      ...small,
      words: words(0, allWords),
      classes: classes(0, allWords),
      postings: postings(0, allPostings),
      counts: counts(0, allPostings),
    };
  }

  get stems(): readonly string[] {
    return this.#source.stems;
  }

  get wordStarts(): Uint32Array {
    return this.#source.wordStarts;
  }

  static build(sentences: readonly SentenceWords[]): LexicalIndex {
    const builder = new LexicalBuilder();
    for (const words of sentences) builder.add(words);
    return builder.finish();
  }

  /** Number of sentences. */
  get size(): number {
    return this.wordStarts.length - 1;
  }

  /** @returns the stem's id, or undefined when no sentence has it */
  idOf(stem: string): number | undefined {
    return this.#ids.get(stem);
  }

  /** How many sentences have the stem. */
  frequency(id: number): number {
    const { postingStarts } = this.#source;
    return (postingStarts[id + 1] ?? 0) - (postingStarts[id] ?? 0);
  }

  /** The sentence's stem ids in reading order. */
  wordsOf(sentence: number): Uint32Array {
    const { words, wordStarts } = this.#source;
    return words(wordStarts[sentence] ?? 0, wordStarts[sentence + 1] ?? 0);
  }

  /** The classes of `wordsOf(sentence)`. */
  classesOf(sentence: number): Uint16Array {
    const { classes, wordStarts } = this.#source;
    return classes(wordStarts[sentence] ?? 0, wordStarts[sentence + 1] ?? 0);
  }

  /** The sentences that have the stem, ascending, and how often each has it. */
  postingsOf(id: number): Postings {
    const { postings, counts, postingStarts } = this.#source;
    const [start = 0, end = 0] = postingStarts.subarray(id, id + 2);
    return { sentences: postings(start, end), counts: counts(start, end) };
  }
}

/** Takes the sentences of a corpus one by one. */
export class LexicalBuilder {
  readonly #ids = new Map<string, number>();
  readonly #known: LexicalIndex | undefined;
  /** The id here of each of the known index's stems, or −1. */
  readonly #taken: Int32Array;
  readonly #starts: number[] = [0];
  #words = new Uint32Array(FIRST_WORDS);
  #classes = new Uint16Array(FIRST_WORDS);
  #size = 0;

  /** @param known an older index, whose sentences can be taken over */
  constructor(known?: LexicalIndex) {
    // In memory: all of it is about to be read.
    this.#known = known && LexicalIndex.of(known.tables);
    this.#taken = new Int32Array(known?.stems.length ?? 0).fill(-1);
  }

  add(words: SentenceWords): void {
    for (const { stem, wordClass } of words) this.#put(this.#idOf(stem), wordClass);
    this.#starts.push(this.#size);
  }

  /** Adds a sentence of the known index. */
  take(sentence: number): void {
    const known = this.#known;
    if (known === undefined) throw new RangeError('there is no index to take from');
    const classes = known.classesOf(sentence);
    for (const [i, stem] of known.wordsOf(sentence).entries()) {
      let id = this.#taken[stem] ?? -1;
      if (id < 0) {
        id = this.#idOf(known.stems[stem] ?? '');
        this.#taken[stem] = id;
      }
      this.#put(id, classes[i] ?? 0);
    }
    this.#starts.push(this.#size);
  }

  finish(): LexicalIndex {
    const words = this.#words.slice(0, this.#size);
    const classes = this.#classes.slice(0, this.#size);
    const wordStarts = Uint32Array.from(this.#starts);
    const stems = [...this.#ids.keys()];
    return LexicalIndex.of({
      stems,
      words,
      classes,
      wordStarts,
      ...postingsOf(words, wordStarts, stems.length),
    });
  }

  #idOf(stem: string): number {
    const id = this.#ids.get(stem) ?? this.#ids.size;
    this.#ids.set(stem, id);
    return id;
  }

  #put(id: number, wordClass: number): void {
    if (this.#size === this.#words.length) {
      const [words, classes] = [this.#words, this.#classes];
      this.#words = new Uint32Array(2 * this.#size);
      this.#words.set(words);
      this.#classes = new Uint16Array(2 * this.#size);
      this.#classes.set(classes);
    }
    this.#words[this.#size] = id;
    this.#classes[this.#size] = wordClass;
    this.#size++;
  }
}

/** The sentences of each stem, and how often each has it. */
function postingsOf(
  words: Uint32Array,
  wordStarts: Uint32Array,
  stems: number,
): Pick<LexicalTables, 'postings' | 'counts' | 'postingStarts'> {
  /** The last sentence, counted from 1, in which a stem was seen. */
  const seen = new Uint32Array(stems);
  const postingStarts = new Uint32Array(stems + 1);
  eachWord(words, wordStarts, (id, sentence) => {
    if (seen[id] !== sentence + 1) postingStarts[id + 1] = (postingStarts[id + 1] ?? 0) + 1;
    seen[id] = sentence + 1;
  });
  for (let id = 0; id < stems; id++) {
    postingStarts[id + 1] = (postingStarts[id + 1] ?? 0) + (postingStarts[id] ?? 0);
  }
  seen.fill(0);
  const next = postingStarts.slice();
  const postings = new Uint32Array(postingStarts[stems] ?? 0);
  const counts = new Uint16Array(postings.length);
  eachWord(words, wordStarts, (id, sentence) => {
    const isNew = seen[id] !== sentence + 1;
    const place = (next[id] ?? 0) - (isNew ? 0 : 1);
    postings[place] = sentence;
    counts[place] = Math.min((counts[place] ?? 0) + 1, 0xffff);
    next[id] = place + 1;
    seen[id] = sentence + 1;
  });
  return { postings, counts, postingStarts };
}

function eachWord(
  words: Uint32Array,
  wordStarts: Uint32Array,
  see: (id: number, sentence: number) => void,
): void {
  for (let sentence = 0; sentence + 1 < wordStarts.length; sentence++) {
    const end = wordStarts[sentence + 1] ?? 0;
    for (let i = wordStarts[sentence] ?? 0; i < end; i++) see(words[i] ?? 0, sentence);
  }
}
