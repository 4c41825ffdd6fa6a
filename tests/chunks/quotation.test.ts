import { expect, test } from 'vitest';
import { completeSpeech } from '../../src/chunks/quotation.ts';
import { splitSentences } from '../../src/chunks/sentences.ts';

/** Each sentence's completed quotation, as `first-end`. */
function ranges(text: string): string[] {
  const sentences = splitSentences(text, { start: 0, end: text.length });
  return sentences.map((_, index) => {
    const { first, end } = completeSpeech(text, sentences, index);
    return `${first}-${end}`;
  });
}

test.each([
  ['no speech', 'One is here. Two is there.', ['0-1', '1-2']],
  ['speech within a sentence', '"One," he said. He said, "Two."', ['0-1', '1-2']],
  ['speech over two sentences', 'He said, "One is. Two is." Then he left.', ['0-2', '0-2', '2-3']],
  ['curly quotation marks', '“One is. Two is. Three is,” he said. End.', ['0-3', '0-3', '0-3', '3-4']],
  ['more than three sentences', '"One. Two. Three. Four," he said.', ['0-1', '1-2', '2-3', '3-4']],
  [
    'a sentence between two speeches',
    '"One is. Two is," he said, "and so. Three is."',
    ['0-3', '0-3', '0-3'],
  ],
  ['speech that never closes', 'He said, "One is. Two is. Three is.', ['0-1', '1-2', '2-3']],
  ['a forgotten mark before', 'It is "big. He said, "One is. Two is." End.', ['0-1', '1-3', '1-3', '3-4']],
  ['inches', 'The board is 12" wide. It is long. He said "no" twice.', ['0-1', '1-2', '2-3']],
  ['apostrophes', "The ROK's office isn't big. It's Kaesong's.", ['0-1', '1-2']],
  ['low quotation marks', '„One is. Two is“, he said. End.', ['0-2', '0-2', '2-3']],
])('%s', (_, text, expected) => {
  expect(ranges(text)).toEqual(expected);
});

test('counts from the start of the block, not of the file', () => {
  const text = 'An unclosed " mark.\n\nOne "is" here. Two is.';
  const sentences = splitSentences(text, { start: 21, end: text.length });
  expect(completeSpeech(text, sentences, 0)).toEqual({ first: 0, end: 1 });
});

test('takes a block of quotation marks', () => {
  const text = '". '.repeat(100_000);
  const sentences = splitSentences(text, { start: 0, end: text.length });
  expect(completeSpeech(text, sentences, 0).first).toBe(0);
});
