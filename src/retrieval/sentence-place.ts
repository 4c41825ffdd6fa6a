import type { Corpus } from '../indexing/corpus.ts';
import type { LexicalIndex } from '../indexing/lexical-index.ts';
import { termsOf } from '../indexing/terms.ts';

/** Further in, a sentence's place says nothing. */
const MAX_PLACE = 50;
const PRONOUNS: ReadonlySet<string> = new Set(
  termsOf('it he she they this these his her their its').map(({ stem }) => stem),
);

/** How many sentences of the body stand before one in its seed, 0 … `MAX_PLACE`. */
export function placeInBody(id: number, corpus: Corpus): number {
  const { seed, firstSentence = 0 } = corpus.seeds[corpus.sentences.at(id)?.seed ?? 0] ?? {};
  let place = 0;
  for (let before = id - 1; before >= firstSentence && place < MAX_PLACE; before--) {
    if (seed?.blocks[corpus.blockOf[before] ?? 0]?.kind === 'body') place++;
  }
  return place;
}

/** Whether a sentence goes on about what was named before it: "It opened in 1958." */
export function opensWithPronoun(lexical: LexicalIndex, sentence: number): boolean {
  const [first] = lexical.wordsOf(sentence);
  return first !== undefined && PRONOUNS.has(lexical.stems[first] ?? '');
}
