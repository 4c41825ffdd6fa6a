import { expect, test } from 'vitest';
import { isFunctionWord } from '../../src/indexing/function-words.ts';
import { sentenceWords, termsOf } from '../../src/indexing/terms.ts';
import { WordClass } from '../../src/indexing/word-class.ts';

test.each<[string, string[]]>([
  ['', []],
  [' … — !?', []],
  ['The Offices opened', ['the', 'offic', 'open']],
  ["Kaesong's gate", ['kaesong', 'gate']],
  ['Kaesong’s gate', ['kaesong', 'gate']],
  ['the U.S. and D.P.R.K.', ['the', 'us', 'and', 'dprk']],
  ['Café NAÏVE', ['cafe', 'naiv']],
  ['1,250 people, 3.5 km', ['1250', 'peopl', '3.5', 'km']],
  ['round-the-clock', ['round', 'the', 'clock']],
  ['开城', ['开', '城']],
])('%j is searched as %j', (text, stems) => {
  expect(termsOf(text).map(({ stem }) => stem)).toEqual(stems);
});

test('a term says where it stands', () => {
  const text = '🙂 “Kaesong’s U.S. 1,250”';
  expect(termsOf(text).map(({ start, end }) => text.slice(start, end))).toEqual([
    'Kaesong’s',
    'U.S',
    '1,250',
  ]);
});

test('a word of a million letters is cut, and ends', () => {
  const [term, ...more] = termsOf('a'.repeat(1_000_000));
  expect(more).toEqual([]);
  expect(term).toMatchObject({ word: 'a'.repeat(64), start: 0, end: 1_000_000 });
});

test.each<[string, number]>([
  ['Kaesong', WordClass.NAME],
  ['1998', WordClass.YEAR],
  ['50', WordClass.NUMBER],
  ['september', WordClass.DATE],
  ['hours', WordClass.TIME_UNIT],
  ['seven', WordClass.NUMBER_WORD],
  ['because', WordClass.REASON_WORD],
  ['ferry', 0],
])('%s inside a sentence has class %i', (word, wordClass) => {
  expect(sentenceWords(`the ${word}`)[1]?.wordClass).toBe(wordClass);
});

test.each<[string, string, boolean]>([
  ['Her deputy, Graham Stoll, 67, spoke', '67', true],
  ['the deputy Graham Stoll (67) spoke', '67', true],
  ['the deputy dies at 88', '88', true],
  ['On Monday, 61 boats sailed', '61', false],
  ['at 30 miles', '30', false],
  ['of Boeing 74 flew', '74', false],
])('news tells an age so: %s, %s: %s', (sentence, number, isAge) => {
  const at = termsOf(sentence).findIndex(({ word }) => word === number);
  const { wordClass = 0 } = sentenceWords(sentence)[at] ?? {};
  expect(wordClass & WordClass.NUMBER).toBe(WordClass.NUMBER);
  expect((wordClass & WordClass.AGE_WORD) !== 0).toBe(isAge);
});

test('a capital says nothing at the opening of a sentence', () => {
  expect(sentenceWords('Ferries sail')[0]?.wordClass).toBe(0);
});

test.each<[string, boolean]>([
  ['where', true],
  ['what’s', true],
  ["don't", true],
  ['kaesong', false],
  ['', false],
])('%j is a function word: %s', (word, expected) => {
  expect(isFunctionWord(word)).toBe(expected);
});
