import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitSentences } from '../../src/chunks/sentences.ts';

const all = (text: string) =>
  splitSentences(text, { start: 0, end: text.length }).map(({ start, end }) => text.slice(start, end));

/** Each case is written as it should be cut, with `|` between sentences; the bar stands for one space. */
const CASES: Record<string, string[]> = {
  'titles and names': [
    'Mr. Moon met Mrs. Kim and Dr. Lee.|They left.',
    'The St. Lawrence River froze.|Gen. Ulysses S. Grant saw it.',
    'J. K. Rowling wrote it.|George W. Bush read it.|J.R.R. Tolkien did not.',
    'Martin Luther King Jr. spoke.|Sammy Davis, Jr. sang.',
    'W. E. B. Du Bois and A. A. Michelson met.',
  ],
  'countries, firms and hours': [
    'It is made in the U.S.|The price is low.',
    'The U.S. Supreme Court sat in Washington, D.C.|Now it rests.',
    'The U.K. government and U.N. Secretary General agreed.',
    'Apple Inc. said so.|He works for Acme Ltd.|It pays well.',
    'It aired from 12:00 p.m. Eastern Time to 3:00 p.m. Pacific.',
    'He came at 5 p.m.|The door was shut.',
    'Thomas M.D. Smith holds a Ph.D.|He teaches.',
  ],
  'Latin and lists': [
    'Some animals, e.g. Bactrian camels, live here.|Others (i.e. Dromedaries) do not.',
    'He keeps cats, dogs, etc. and birds.|He keeps fish, etc.|Birds too.',
    'The case of Roe vs. Wade was heard.|So was Brown v. Board of Education.',
    '1. The first point stands.|2. The second falls.',
  ],
  'numbers and dates': [
    'No. 5 is alive.|The answer was no.|He said No.|Then he left.',
    'It opened on Sept. 14 with 15-20 officials.|It rose 3.5 percent to $1.2 billion.',
    'Version 2.0.1 is out.|It is the 3rd.|The 21st century begins.',
    'It was built in 1908.|200 people live there.',
    'Born c. 1900, he lived on p. 12 of vol. 3.',
  ],
  'ellipses and other marks': [
    'Wait... what?|Well... I think so.|And then...|The end.',
    'It was . . . not there. . . .|The end.',
    'What?!|No way!!!|Yes.',
    'He asked "... who are you?" and left.',
    'It divides (p − 1)! + 1 and no more.',
    'One; Two; three.|Yahoo! is here.',
  ],
  addresses: [
    'See https://example.com/a?b=1.|It is free.',
    'Write to a.b@example.co.uk.|Use Node.js.|It runs.',
  ],
  'quotations, brackets and footnotes': [
    '"A new chapter is open here today."|He said so.',
    '"Really?" he asked.|"Why?" Smith asked.|“Is it?” she said.',
    'He said, "Two sides can have contact."|The crowd cheered.',
    '“It is open.”|“It is not.”',
    'It was so.[12]|It is.[citation needed] [3]|End.',
    'It was the fundamental one.:199–128|When it came, it[when?] Came.',
    'It rained (see Fig. 3. It is wet) for days.|(This is aside.)|Next.',
    'He joined the E.U. (the Union).|Done.',
  ],
  'text without ends': ['A heading without full stop', 'Line one\nline two.|Line\nthree'],
  'other scripts': ['今日は晴れ。|明日は雨！|「行くよ。」と彼は言った。|終わり？'],
  'lower-case names': ['iPods came.|eBay won.|Then it fell.'],
};

describe.each(Object.entries(CASES))('splits %s', (_, lines) => {
  test.each(lines)('%s', (line) => {
    const sentences = line.split('|');
    expect(all(sentences.join(' '))).toEqual(sentences);
  });
});

test('splits where no white space follows', () => {
  expect(all('今日は晴れ。明日は雨！「行くよ。」と彼は言った。終')).toEqual([
    '今日は晴れ。',
    '明日は雨！',
    '「行くよ。」と彼は言った。',
    '終',
  ]);
  expect(all('It was in the church.They teach.[1]Then it ended.')).toEqual([
    'It was in the church.',
    'They teach.[1]',
    'Then it ended.',
  ]);
});

test('ends a sentence at a blank line, not at a line break', () => {
  expect(all('A heading\n \nthen the\ntext.')).toEqual(['A heading', 'then the\ntext.']);
});

test('looks only at its span', () => {
  const text = 'One. Two. Three.';
  expect(splitSentences(text, { start: 5, end: 9 })).toEqual([{ start: 5, end: 9 }]);
  expect(splitSentences(text, { start: 4, end: 4 })).toEqual([]);
});

const prose = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '. ',
        '? ',
        '!',
        '...',
        '。',
        '"',
        '“',
        '”',
        '(',
        ')',
        '[1]',
        '\n',
        '\n\n',
        ' ',
        'U.S.',
      ),
      fc.constantFrom('The ', 'Dr', 'word', 'e.g', '3.5', '😀', '👩‍👩‍👧', '한국', 'é', ';', "'", '\ud83d'),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

test('covers every non-blank character once, in order, trimmed, with no pair cut', () => {
  fc.assert(
    fc.property(prose, prose, prose, (before, text, after) => {
      const file = `${before} ${text} ${after}`;
      const span = { start: before.length + 1, end: before.length + 1 + text.length };
      let covered = span.start;
      for (const { start, end } of splitSentences(file, span)) {
        expect(start).toBeGreaterThanOrEqual(covered);
        expect(file.slice(covered, start).trim()).toBe('');
        const sentence = file.slice(start, end);
        expect(sentence).toBe(sentence.trim());
        expect(sentence).not.toBe('');
        expect(/[\ud800-\udbff]$/.test(file.slice(0, start)) && /^[\udc00-\udfff]/.test(sentence)).toBe(
          false,
        );
        covered = end;
      }
      expect(file.slice(covered, span.end).trim()).toBe('');
      expect(covered).toBeLessThanOrEqual(span.end);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['.', 100_000],
  ['x', 1_000_000],
  [' ', 1_000_000],
  ['. ', 200_000],
  ['a. B', 100_000],
  ['(A. B', 100_000],
  ['.[?]', 100_000],
  ['." "', 100_000],
  [' . . .', 100_000],
  ['\n', 500_000],
  ['[a.', 100_000],
])('takes %j, many times over', (piece, times) => {
  const text = piece.repeat(times);
  const spans = splitSentences(text, { start: 0, end: text.length });
  expect(spans.map(({ start, end }) => text.slice(start, end).replace(/\s/gu, '')).join('')).toBe(
    text.replace(/\s/gu, ''),
  );
});
