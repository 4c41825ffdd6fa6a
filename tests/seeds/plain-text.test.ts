import { describe, expect, it } from 'vitest';
import { outline } from './reading.ts';

const PARAGRAPHS = [
  'The Normans were the people who in the 10th and 11th centuries gave their name to Normandy, a region in France.',
  'They were descended from Norse raiders and pirates from Denmark, Iceland and Norway.',
  'Through generations of assimilation, their descendants would gradually merge with the Carolingian cultures.',
];
const WRAPPED = `The Normans were the people who in the 10th and 11th
centuries gave their name to Normandy, a region in
France. They were descended from Norse raiders.
Through generations of assimilation, they merged.`;

describe('plain text without a headline', () => {
  it('is body only, a line a paragraph', () => {
    const body = PARAGRAPHS.map((words, index) => `body ${index + 1}: ${words}`);
    expect(outline(PARAGRAPHS.join('\n'))).toEqual(body);
    expect(outline(PARAGRAPHS.join('\n\n'))).toEqual(body);
    expect(outline(PARAGRAPHS.join('\r\n'))).toEqual(body);
  });

  it('is body when it is one line, whatever the line looks like', () => {
    expect(outline('Normans in England')).toEqual(['body 1: Normans in England']);
  });

  it('is body when no line ends a sentence', () => {
    expect(outline('the first line\nthe second line\nthe third')).toHaveLength(3);
    expect(outline('First line\nSecond line\nThird line')[0]).toBe('body 1: First line');
  });

  it('keeps a list of short lines apart', () => {
    expect(outline('Needed are these things.\neggs\nflour\nmilk')).toHaveLength(4);
  });
});

describe('a headline in plain text', () => {
  it('is a short first line before sentences', () => {
    expect(outline(['Normans', ...PARAGRAPHS].join('\n'))[0]).toBe('headline1 1: Normans');
  });

  it.each([
    'The Normans came to England in 1066.',
    'He called them "the Normans."',
    'they were descended from Norse raiders',
    'The Normans,',
    '- Normans',
  ])('is not %s', (line) => {
    expect(outline([line, ...PARAGRAPHS].join('\n'))[0]).toBe(`body 1: ${line}`);
  });

  it('that asks must stand apart', () => {
    expect(outline(`Who were the Normans?\n\n${PARAGRAPHS[0]}`)[0]).toBe(
      'headline1 1: Who were the Normans?',
    );
    expect(outline(`Who were the Normans?\n${PARAGRAPHS[0]}`)[0]).toBe('body 1: Who were the Normans?');
  });
});

describe('hard-wrapped text', () => {
  it('is joined over its line breaks', () => {
    expect(outline(`${WRAPPED}\n\n${WRAPPED.replace('Normans', 'Danes')}`)).toEqual([
      `body 1: ${WRAPPED}`,
      `body 2: ${WRAPPED.replace('Normans', 'Danes')}`,
    ]);
  });

  it('keeps its headline and dateline apart', () => {
    expect(outline(`The Normans\n3 March 2021\n${WRAPPED}`)).toEqual([
      'headline1 1: The Normans',
      'dateline 2: 3 March 2021',
      `body 3: ${WRAPPED}`,
    ]);
  });

  it('starts a paragraph at a list item or an indented line', () => {
    expect(outline(`${WRAPPED}\n- ${WRAPPED}`)).toHaveLength(2);
    expect(outline(`${WRAPPED}\n   ${WRAPPED}`)).toHaveLength(2);
  });
});
