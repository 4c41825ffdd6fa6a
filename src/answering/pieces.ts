import type { WordRun } from './nearest.ts';
import type { SeedWords } from './seed-words.ts';

/** Shorter runs stand in any text. */
const MIN_PIECE_WORDS = 3;

/**
 * Cuts a claim into runs of words that stand somewhere, as long as they come, from its end backwards.
 * Time grows with the corpus times how often the claim repeats a word.
 *
 * @param claim the claim's normalised words
 * @returns the pieces of at least `MIN_PIECE_WORDS` words, in the claim's order; what is between them stands nowhere
 */
export function cutIntoPieces(claim: readonly string[], corpus: readonly SeedWords[]): WordRun[] {
  const longest = longestRuns(claim, corpus);
  const pieces: WordRun[] = [];
  for (let end = claim.length; end > 0; ) {
    const run = longest[end - 1];
    if (run === undefined || run.end - run.first < MIN_PIECE_WORDS) {
      end -= 1;
    } else {
      pieces.unshift(run);
      end -= run.end - run.first;
    }
  }
  return pieces;
}

/** For each word of the claim, the longest run of words that stands in a block and ends with that word. */
function longestRuns(claim: readonly string[], corpus: readonly SeedWords[]): (WordRun | undefined)[] {
  const longest: (WordRun | undefined)[] = claim.map(() => undefined);
  // `lengths[i]`: how many words up to the one at hand equal the claim's words up to `i`, exclusive.
  const lengths = new Int32Array(claim.length + 1);
  for (const words of corpus) {
    const positions = positionsInClaim(claim, words);
    for (let block = 0; block < words.blocks.length; block += 1) {
      const end = words.blockWords[block + 1] ?? 0;
      for (let at = words.blockWords[block] ?? 0; at < end; at += 1) {
        extendRuns(positions, words, at, lengths, longest);
      }
      lengths.fill(0);
    }
  }
  return longest;
}

function extendRuns(
  positions: readonly (readonly number[] | undefined)[],
  words: SeedWords,
  at: number,
  lengths: Int32Array,
  longest: (WordRun | undefined)[],
): void {
  const id = words.wordIds[at] ?? 0;
  for (const position of positions[id] ?? []) {
    const length = (lengths[position] ?? 0) + 1;
    lengths[position + 1] = length;
    const known = longest[position];
    if (known === undefined || length > known.end - known.first) {
      longest[position] = { words, first: at + 1 - length, end: at + 1 };
    }
  }
  // Runs that ended with the word before and did not go on; another word never has the same positions.
  const previous = words.wordIds[at - 1];
  if (previous === undefined || previous === id) return;
  for (const position of positions[previous] ?? []) lengths[position + 1] = 0;
}

/** Where the claim has each word of a seed's vocabulary, last first. */
function positionsInClaim(claim: readonly string[], words: SeedWords): (number[] | undefined)[] {
  const positions: (number[] | undefined)[] = [];
  for (let index = claim.length - 1; index >= 0; index -= 1) {
    const id = words.vocabulary.get(claim[index] ?? '');
    if (id === undefined) continue;
    const known = positions[id];
    if (known === undefined) positions[id] = [index];
    else known.push(index);
  }
  return positions;
}
