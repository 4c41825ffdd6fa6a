import { expect, test } from 'vitest';
import { LexicalIndex } from '../../src/indexing/lexical-index.ts';
import { sentenceWords } from '../../src/indexing/terms.ts';
import { opensWithPronoun } from '../../src/retrieval/sentence-place.ts';

test.each([
  ['It opened in 1958.', true],
  ['They meet every week.', true],
  ['This was the first one.', true],
  ['The office opened in 1958.', false],
  ['', false],
])('"%s" goes on about what was named before: %s', (text, goesOn) => {
  expect(opensWithPronoun(LexicalIndex.build([sentenceWords(text)]), 0)).toBe(goesOn);
});
