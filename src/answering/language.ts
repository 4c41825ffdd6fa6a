import { isFunctionWord } from '../indexing/function-words.ts';
import { termsOf } from '../indexing/terms.ts';

/** Common words of other languages in Latin script that English does not have. */
const FOREIGN = new Set(
  `der das und ist sind wer wann wo wie warum wieviele welche welcher wurde haben hat mit für von ein eine nicht
  le la les du des est sont qui que quel quelle quels combien quand où comment pourquoi une dans avec été
  el los las del se está fue quién quien cuándo cuando dónde donde cómo qué cuántos cuántas por para
  il che chi dove perché quanti è sono della nel quando não quem onde quantos foi uma os
  het een wie waar wanneer hoeveel`.split(/\s+/),
);
const LATIN = /\p{Script=Latin}/u;
const SYLLABLE = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** A syllable says about as much as so many letters. */
const LETTERS_A_SYLLABLE = 2;
const MIN_FOREIGN_WORDS = 2;

/** Whether a question is plainly not English, as far as script and its commonest words tell. */
export function isForeign(question: string): boolean {
  const letters = question.match(/\p{L}/gu) ?? [];
  const latin = letters.filter((letter) => LATIN.test(letter)).length;
  const syllables = letters.filter((letter) => SYLLABLE.test(letter)).length;
  if (latin < letters.length - latin + (LETTERS_A_SYLLABLE - 1) * syllables) return true;
  const words = termsOf(question).map(({ word }) => word);
  const foreign = words.filter((word) => FOREIGN.has(word)).length;
  return foreign >= MIN_FOREIGN_WORDS && foreign > words.filter(isFunctionWord).length;
}
