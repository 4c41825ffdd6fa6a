import { distance } from 'fastest-levenshtein';
import type { LexicalIndex } from '../indexing/lexical-index.ts';

/** Shorter words have too many neighbours to guess what was meant; longer ones may have two slips. */
const MIN_LETTERS = 5;
const LONG_LETTERS = 8;
/** What Porter's stemmer takes off: the index knows only stems, and fingers slip in whole words. */
const ENDINGS =
  ' e s es ed er ers or ors ing ings y ies ial ion ions ation ations ication ity al ally ly ment ments ance ence ant ent able ness'.split(
    ' ',
  );

/** Question words as they are typed in a hurry. */
const HURRIED: Readonly<Record<string, string>> = {
  whos: "who's",
  whats: "what's",
  wat: 'what',
  wot: 'what',
  wich: 'which',
  wen: 'when',
  whens: "when's",
  wheres: "where's",
  whys: "why's",
  hows: "how's",
};

/** A word of the sources that a mistyped one may have been meant for. */
export interface Meant {
  /** Its stem's id. */
  readonly stem: number;
  /** The word itself. */
  readonly written: string;
}

/**
 * Finds the word that is a slip of the finger or two away.
 * @param typed in lower case; a word that no sentence has
 * @returns undefined when there is none, or the word is too short to tell
 */
export function meantWord(typed: string, lexical: LexicalIndex): Meant | undefined {
  if (typed.length < MIN_LETTERS) return undefined;
  let best: Meant | undefined;
  let least = typed.length < LONG_LETTERS ? 2 : 3;
  lexical.stems.forEach((stem, id) => {
    if (stem[0] !== typed[0] || stem.length > typed.length + least || stem.length < 3) return;
    if (strangeLetters(stem, typed) >= least) return;
    for (const ending of ENDINGS) {
      const base =
        stem.endsWith('i') && (ending[0] === 'i' || ending[0] === 'y') ? stem.length - 1 : stem.length;
      if (Math.abs(base + ending.length - typed.length) >= least) continue;
      const written = stem.slice(0, base) + ending;
      const edits = distance(written, typed);
      if (edits < least) [best, least] = [{ stem: id, written }, edits];
    }
  });
  return best;
}

/** How many letters of a stem a word does not have: each is a slip. The last one may give way to an ending. */
function strangeLetters(stem: string, word: string): number {
  let strange = 0;
  for (let i = 0; i < stem.length - 1; i++) if (!word.includes(stem.charAt(i))) strange++;
  return strange;
}

/** A question with its question words as they are spelled; a wat is a temple where the sources have one. */
export function withQuestionWords(question: string, lexical: LexicalIndex): string {
  return question.replace(/\b[a-z]{3,6}\b/gi, (typed) => {
    const word = typed.toLowerCase();
    return lexical.idOf(word) === undefined ? (HURRIED[word] ?? typed) : typed;
  });
}
