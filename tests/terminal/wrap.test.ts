import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, inert, wrapLines } from '../../src/terminal/wrap.ts';

const linesOf = (text: string, columns: number) =>
  wrapLines(text, columns).map(({ start, end }) => text.slice(start, end));

describe('wrapLines', () => {
  it('breaks on white space, within the columns', () => {
    expect(linesOf('one two three four', 9)).toEqual(['one two', 'three', 'four']);
    expect(linesOf('  one\n\n two\t', 9)).toEqual(['one\n\n two']);
  });

  it('counts what a terminal shows: wide letters twice, marks and invisible ones not', () => {
    expect(displayWidth('北京')).toBe(4);
    expect(displayWidth('e\u0301')).toBe(1);
    expect(linesOf('北京 北京', 8)).toEqual(['北京', '北京']);
    expect(linesOf('北京 北京', 9)).toEqual(['北京 北京']);
  });

  it('breaks a word only when it is longer than a line, and never within a character', () => {
    expect(linesOf('see https://example.org/a now', 10)).toEqual([
      'see',
      'https://ex',
      'ample.org/',
      'a now',
    ]);
    expect(linesOf('👨‍👩‍👧👨‍👩‍👧', 7)).toEqual(['👨‍👩‍👧', '👨‍👩‍👧']);
    expect(linesOf('平壤平壤平', 4)).toEqual(['平壤', '平壤', '平']);
  });

  it('keeps every character but white space, in order, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.integer({ min: 2, max: 30 }),
        (text, columns) => {
          const kept = linesOf(text, columns)
            .join('')
            .replace(/[ \t\n\v\f\r\u0085\u2028\u2029]/g, '');
          expect(kept).toBe(text.replace(/[ \t\n\v\f\r\u0085\u2028\u2029]/g, ''));
          for (const line of linesOf(text, columns)) {
            // One character may be wider than a line of two columns.
            const [, second] = [...new Intl.Segmenter().segment(line)];
            if (second !== undefined) expect(displayWidth(inert(line))).toBeLessThanOrEqual(columns);
          }
        },
      ),
    );
  });
});

describe('inert', () => {
  it.each([
    ['an escape sequence', '\u001b[31mred\u001b[0m', '�[31mred�[0m'],
    ['an eight-bit escape', '\u009b2Jgone', '�2Jgone'],
    ['a link and a bell', '\u001b]8;;http://x\u0007y', '�]8;;http://x�y'],
    ['an override of the direction', 'a\u202egnp.exe', 'a�gnp.exe'],
    ['isolates', '\u2066a\u2069', '�a�'],
    ['half a character', 'a\ud800b', 'a�b'],
    ['backspaces', 'no\b\bok', 'no��ok'],
    ['invisible characters', 'pass\u200bword\ufeff\u00ad', 'password'],
    ['hidden tags', 'a\u{e0041}\u{e0042}', 'a'],
    ['lines', 'a\r\nb\u2028c\td', 'a  b c d'],
  ])('takes the effect from %s', (_, text, shown) => {
    expect(inert(text)).toBe(shown);
  });

  it('leaves joined and accented letters, emoji and other scripts as they are', () => {
    const text = 'Kaesŏng e\u0301 👨‍👩‍👧 می\u200cخواهم 平壤 “so” – 5 % ﷽';
    expect(inert(text)).toBe(text);
  });
});
