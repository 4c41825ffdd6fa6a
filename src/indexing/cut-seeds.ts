import { chunkSeed } from '../chunks/chunk-seed.ts';
import type { Embedder } from '../embedding/embedder.ts';
import type { Seed } from '../seeds/seed.ts';
import { createTurns } from '../seeds/turns.ts';
import type { IndexedPassage, IndexedSeed, IndexedSentence } from './corpus.ts';
import type { UnitList } from './unit-columns.ts';

/** What an older generation says of its seeds and how they were cut. */
export interface PreviousUnits {
  /** Those that would be cut now as they were then. */
  readonly seeds: readonly (Omit<IndexedSeed, 'seed'> & { readonly seed: Pick<Seed, 'id' | 'digest'> })[];
  readonly sentences: UnitList<IndexedSentence>;
  readonly passages: UnitList<IndexedPassage>;
}

/** One seed's units as they are cut; places are counted from the seed's own first ones. */
interface Cut {
  readonly sentences: readonly Omit<IndexedSentence, 'seed'>[];
  readonly passages: readonly Omit<IndexedPassage, 'seed'>[];
  /** The row in the older generation of its first passage, the others follow; null for what was cut anew. */
  readonly row: number | null;
}

/**
 * Cuts seeds into sentences and passages. One that `previous` has as it is now is taken over.
 * @returns for each passage also its row in the older generation, or −1
 */
export async function cutSeeds(
  seeds: readonly Seed[],
  embedder: Embedder,
  previous: PreviousUnits | undefined,
) {
  const turn = createTurns();
  const known = new Map(previous?.seeds.map((one) => [`${one.seed.id} ${one.seed.digest}`, one]));
  const units = {
    seeds: [] as IndexedSeed[],
    sentences: [] as IndexedSentence[],
    passages: [] as IndexedPassage[],
  };
  const passageRows: number[] = [];
  for (const [s, seed] of seeds.entries()) {
    const before = known.get(`${seed.id} ${seed.digest}`);
    const cut =
      previous === undefined || before === undefined ? cutAnew(seed, embedder) : takenOver(previous, before);
    const firstSentence = units.sentences.length;
    const firstPassage = units.passages.length;
    for (const { passage, ...sentence } of cut.sentences) {
      units.sentences.push({ seed: s, ...sentence, passage: firstPassage + passage });
    }
    for (const [i, { firstSentence: first, endSentence: end, ...passage }] of cut.passages.entries()) {
      units.passages.push({
        seed: s,
        ...passage,
        firstSentence: firstSentence + first,
        endSentence: firstSentence + end,
      });
      passageRows.push(cut.row === null ? -1 : cut.row + i);
    }
    units.seeds.push({ seed, firstSentence, endSentence: units.sentences.length });
    await turn();
  }
  return { units, passageRows };
}

function cutAnew(seed: Seed, { countTokens, maxTokens }: Embedder): Cut {
  const { sentences, passages } = chunkSeed(seed, countTokens, maxTokens);
  return {
    sentences: sentences.map(({ block, passage, start, end }) => ({ block, passage, start, end })),
    passages: passages.map(({ start, end, firstSentence, endSentence }) => ({
      start,
      end,
      firstSentence,
      endSentence,
    })),
    row: null,
  };
}

function takenOver(
  { sentences, passages }: PreviousUnits,
  { firstSentence, endSentence }: PreviousUnits['seeds'][number],
): Cut {
  const own = sentences.slice(firstSentence, endSentence);
  const firstPassage = own[0]?.passage ?? 0;
  const endPassage = (own.at(-1)?.passage ?? firstPassage - 1) + 1;
  return {
    sentences: own.map(({ block, passage, start, end }) => ({
      block,
      passage: passage - firstPassage,
      start,
      end,
    })),
    passages: passages.slice(firstPassage, endPassage).map((passage) => ({
      start: passage.start,
      end: passage.end,
      firstSentence: passage.firstSentence - firstSentence,
      endSentence: passage.endSentence - firstSentence,
    })),
    row: firstPassage,
  };
}
