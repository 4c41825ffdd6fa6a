import { isFunctionWord } from '../indexing/function-words.ts';
import { termsOf } from '../indexing/terms.ts';

/** Common words of other languages in Latin script that English does not have. */
const FOREIGN = new Set(
  `der das und ist nicht wer wann wo wie ein eine les des est qui que quand où comment pourquoi une el los las
  quién cuándo dónde cómo qué por il che chi quando dove perché não quem onde het een wie waar`.split(/\s+/),
);
const LATIN = /\p{Script=Latin}/u;
const MIN_FOREIGN_WORDS = 2;

/** Whether a question is plainly not English, as far as script and its commonest words tell. */
export function isForeign(question: string): boolean {
  const letters = question.match(/\p{L}/gu) ?? [];
  if (letters.filter((letter) => LATIN.test(letter)).length < letters.length / 2) return true;
  const words = termsOf(question).map(({ word }) => word);
  const foreign = words.filter((word) => FOREIGN.has(word)).length;
  return foreign >= MIN_FOREIGN_WORDS && foreign > words.filter(isFunctionWord).length;
}
