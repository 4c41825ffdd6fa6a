import type { Block, Seed } from '../seeds/seed.ts';
import { type Normalised, normalise } from './normalise.ts';
import type { Place } from './place.ts';

/** What may be quoted of a seed, normalised once and cut into words. All arrays are in file order. */
export interface SeedWords extends Normalised {
  readonly seed: Seed;
  /** The blocks that are quoted: not noise, first copies only. */
  readonly blocks: readonly Block[];
  /** `blockWords[b] … blockWords[b + 1]` are the words of block `b`; one entry more than there are blocks. */
  readonly blockWords: Int32Array;
  /** Start and end of each word in the normalised text. */
  readonly wordStarts: Int32Array;
  readonly wordEnds: Int32Array;
  /** Each word's number in `vocabulary`. */
  readonly wordIds: Int32Array;
  readonly vocabulary: ReadonlyMap<string, number>;
}

/** Scripts that put no space between words: each of their characters is a word of its own. */
const UNSPACED = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar']
  .map((script) => `\\p{Script=${script}}`)
  .join('');

const WORD_PATTERN =
  `[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}]` +
  `|(?<=\\p{Nd})[.,:](?=\\p{Nd})|(?<=[\\p{L}\\p{M}\\p{N}])'(?=\\p{L}))+`;

/** A word of a normalised text: `don't`, `3.5` and `12:09` are one word, `inter-korean` is two. */
export const WORD = new RegExp(WORD_PATTERN, 'gu');

/** A word, or one character that is neither word nor white space. */
export const TOKEN = new RegExp(`${WORD_PATTERN}|\\S`, 'gu');

const wordsBySeed = new WeakMap<Seed, SeedWords>();

/** Computed once a seed and kept as long as the seed object is. */
export function wordsOf(seed: Seed): SeedWords {
  const known = wordsBySeed.get(seed);
  if (known !== undefined) return known;
  const words = cutIntoWords(seed);
  wordsBySeed.set(seed, words);
  return words;
}

/** The words of every seed, in order of seed id. */
export function wordsOfAll(seeds: readonly Seed[]): SeedWords[] {
  return [...seeds].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)).map(wordsOf);
}

function cutIntoWords(seed: Seed): SeedWords {
  const blocks = seed.blocks.filter((block) => block.kind !== 'noise' && !block.repeated);
  const normalised = normalise(seed.text, blocks);
  const vocabulary = new Map<string, number>();
  const starts: number[] = [];
  const ends: number[] = [];
  const ids: number[] = [];
  for (const match of normalised.text.matchAll(WORD)) {
    const id = vocabulary.get(match[0]) ?? vocabulary.size;
    vocabulary.set(match[0], id);
    ids.push(id);
    starts.push(match.index);
    ends.push(match.index + match[0].length);
  }
  return {
    ...normalised,
    seed,
    blocks,
    blockWords: firstWords(blocks, starts, normalised),
    wordStarts: Int32Array.from(starts),
    wordEnds: Int32Array.from(ends),
    wordIds: Int32Array.from(ids),
    vocabulary,
  };
}

function firstWords(
  blocks: readonly Block[],
  wordStarts: readonly number[],
  normalised: Normalised,
): Int32Array {
  const first = new Int32Array(blocks.length + 1).fill(wordStarts.length);
  let block = 0;
  for (const [word, at] of wordStarts.entries()) {
    const source = normalised.starts[at] ?? 0;
    while (block < blocks.length && (blocks[block]?.start ?? 0) <= source) {
      first[block] = word;
      block += 1;
    }
  }
  return first;
}

/** The place of `[start, end)` of the normalised text, which must not be empty and lies in one block. */
export function placeOf(words: SeedWords, start: number, end: number): Place {
  const from = words.starts[start];
  const to = words.ends[end - 1];
  const block = from === undefined ? undefined : blockAt(words, from);
  if (from === undefined || to === undefined || block === undefined) {
    throw new RangeError(`No words at ${start}…${end} of ${words.seed.id}`);
  }
  return { seed: words.seed, start: from, end: to, paragraph: block.paragraph, kind: block.kind };
}

/** The block that holds a source offset. */
function blockAt(words: SeedWords, offset: number): Block | undefined {
  return words.blocks[countUpTo(words.blocks.length, (i) => words.blocks[i]?.start ?? 0, offset) - 1];
}

/** The index of the last word that starts before `at` in the normalised text, or −1. */
export function wordBefore(words: SeedWords, at: number): number {
  return countUpTo(words.wordStarts.length, (i) => words.wordStarts[i] ?? 0, at - 1) - 1;
}

/** How many of `count` ascending values are at most `limit`. */
function countUpTo(count: number, valueAt: (index: number) => number, limit: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (valueAt(middle) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
