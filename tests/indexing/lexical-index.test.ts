import { expect, test } from 'vitest';
import { LexicalIndex } from '../../src/indexing/lexical-index.ts';

const rowsOf = (...sentences: string[]) =>
  sentences.map((sentence) =>
    sentence
      .split(' ')
      .filter(Boolean)
      .map((stem, i) => ({ stem, wordClass: i })),
  );
const index = LexicalIndex.build(rowsOf('the ferry and the dog', '', 'the dog'));

test.each<[string, number[], number[]]>([
  ['the', [0, 2], [2, 1]],
  ['ferry', [0], [1]],
  ['dog', [0, 2], [1, 1]],
])('%s stands in sentences %j, %j times', (stem, sentences, counts) => {
  const id = index.idOf(stem) ?? -1;
  expect(index.frequency(id)).toBe(sentences.length);
  expect([...index.postingsOf(id).sentences]).toEqual(sentences);
  expect([...index.postingsOf(id).counts]).toEqual(counts);
});

test.each(['cat', '', '__proto__', 'constructor'])('%j, which no sentence has, has no id', (stem) => {
  expect(index.idOf(stem)).toBeUndefined();
});

test('keeps the words and their classes in reading order', () => {
  expect(index.size).toBe(3);
  const stemsOf = (sentence: number) => [...index.wordsOf(sentence)].map((id) => index.tables.stems[id]);
  expect([0, 1, 2].map(stemsOf)).toEqual([['the', 'ferry', 'and', 'the', 'dog'], [], ['the', 'dog']]);
  expect([...index.classesOf(0)]).toEqual([0, 1, 2, 3, 4]);
  expect([...index.classesOf(1)]).toEqual([]);
});

test.each([0, 1])('holds %i sentences without a word', (count) => {
  const empty = LexicalIndex.build(rowsOf(...Array.from({ length: count }, () => '')));
  expect(empty.size).toBe(count);
  expect(empty.idOf('the')).toBeUndefined();
});
