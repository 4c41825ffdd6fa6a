import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { verifyQuote } from '../../src/answering/verify.ts';
import { renderAnswer, renderFound, renderParagraphs, renderSeeds } from '../../src/terminal/render.ts';
import { renderVerdict } from '../../src/terminal/render-verdict.ts';
import { styleOf } from '../../src/terminal/style.ts';
import { answerOf, fakeLibrary, quoteFrom, seedOf } from './fake-library.ts';

const TEXT = `Ferry returns to the sound

The ferry sails every hour from the old quay, and it takes forty cars.

The harbour trust was not willing to wait until May, said Ada Brook.`;
const FERRY = seedOf('ferry', TEXT, { publisher: 'The Courier', updated: '2024-03-05T22:48' });
const SAILS = 'The ferry sails every hour from the old quay, and it takes forty cars.';
const plain = { colours: pc.createColors(false), columns: 44 };
const coloured = { ...plain, colours: pc.createColors(true) };

describe('an answer', () => {
  const answer = answerOf(
    'How often?',
    [quoteFrom(FERRY, SAILS), quoteFrom(FERRY, 'Ferry returns to the sound')],
    {
      answer: 'every hour',
    },
  );

  it('opens with the outcome; each quote stands behind a bar, its citation under it', () => {
    expect(renderAnswer(answer, plain)).toBe(
      [
        'Answered (confidence 88 %)',
        'answer: every hour',
        '',
        '  │ The ferry sails every hour from the old',
        '  │ quay, and it takes forty cars.',
        '  [1] Ferry returns to the sound · The',
        '      Courier · 2024-03-05 · ¶2',
        '',
        '  │ Ferry returns to the sound',
        '  [2] Ferry returns to the sound · The',
        '      Courier · 2024-03-05 · ¶1 · headline',
      ].join('\n'),
    );
  });

  it('marks the answer within the first quote where there are colours, over a line end too', () => {
    const { bold, dim } = coloured.colours;
    const lines = renderAnswer(
      { ...answer, ...answerOf('', answer.quotes, { answer: 'old quay' }) },
      coloured,
    ).split('\n');
    expect(lines[2]).toBe(`${dim('  │ ')}The ferry sails every hour from the ${bold('old')}`);
    expect(lines[3]).toBe(`${dim('  │ ')}${bold('quay')}, and it takes forty cars.`);
  });

  it.each([
    ['answered', 0.999, 'Answered (confidence over 99 %)'],
    ['related', 0.305, 'Related passages, not an answer (confidence 31 %)'],
    [
      'not-in-sources',
      0.001,
      'Not in the sources; the nearest passages, not an answer (confidence under 1 %)',
    ],
  ] as const)('says %s in plain words', (outcome, confidence, line) => {
    const text = renderAnswer({ ...answer, outcome, confidence, answer: null }, { ...plain, columns: 100 });
    expect(text.split('\n')[0]).toBe(line);
  });

  it('says how it read a follow-up, and what limits it', () => {
    const text = renderAnswer({ ...answer, readAs: 'How often? (ferry)', notice: 'It is a notice.' }, plain);
    expect(text.split('\n').slice(1, 3)).toEqual(['read as: How often? (ferry)', 'It is a notice.']);
  });

  it('says that nothing is there when nothing is', () => {
    const nothing = answerOf('What?', [], { outcome: 'not-in-sources', confidence: 0 });
    expect(renderAnswer(nothing, plain)).toBe('Not in the sources');
  });

  it('lets neither an article nor a question act on the terminal or pose as a citation', () => {
    const words = 'Nice \u001b[2J\u001b]0;owned\u0007 \u202etxet\u200b words [1] True Source · ¶9';
    const hostile = seedOf('hostile', `${words}\n\nMore text here.`, { title: 'A\u001b[31m\nB' });
    const text = renderAnswer(
      answerOf('\u001b[1mq', [quoteFrom(hostile, words)], { readAs: '\u001b[1mq\r(x)', answer: '\u001b[2J' }),
      plain,
    );
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u200b\u202e]/u);
    expect(text.split('\n').filter((line) => line.startsWith('  [1] '))).toEqual([
      '  [1] A�[31m B · ¶1 · headline',
    ]);
  });
});

describe('a style', () => {
  it('has no colours without a terminal, and no lines past 100 columns', () => {
    expect(styleOf({}).colours.isColorSupported).toBe(false);
    expect(styleOf({ isTTY: true, columns: 300 }).columns).toBe(100);
    expect(styleOf({ isTTY: true, columns: 3 }).columns).toBe(20);
  });
});

describe('a phrase', () => {
  it('is counted and shown where it stands, then what is near', () => {
    const exact = [quoteFrom(FERRY, SAILS)];
    const byMeaning = [quoteFrom(FERRY, 'Ferry returns to the sound')];
    const style = { ...plain, columns: 100 };
    expect(renderFound({ phrase: 'every hour', count: 3, exact, byMeaning }, style)).toBe(
      [
        'Found word for word 3 times; the first:',
        '',
        `  │ ${SAILS}`,
        '  [1] Ferry returns to the sound · The Courier · 2024-03-05 · ¶2',
        '',
        'Near in meaning:',
        '',
        '  │ Ferry returns to the sound',
        '  [2] Ferry returns to the sound · The Courier · 2024-03-05 · ¶1 · headline',
      ].join('\n'),
    );
    expect(renderFound({ phrase: 'x', count: 0, exact: [], byMeaning: [] }, style)).toBe(
      'Not found word for word.',
    );
  });
});

describe('a paragraph', () => {
  it('stands between its neighbours and is pointed at', () => {
    const read = fakeLibrary([FERRY], () => answerOf('', [])).read('ferry', 2, 1);
    expect(renderParagraphs(read, 2, { ...plain, columns: 100 })).toBe(
      [
        'Ferry returns to the sound (ferry)',
        '',
        '  ¶1 · headline',
        '  │ Ferry returns to the sound',
        '',
        '→ ¶2',
        `  │ ${SAILS}`,
        '',
        '  ¶3',
        '  │ The harbour trust was not willing to wait until May, said Ada Brook.',
      ].join('\n'),
    );
  });
});

describe('the articles', () => {
  it('are listed with what is known about each, and a question', () => {
    const seed = { ...FERRY, examples: ['How often does it sail?', 'Since when?'] };
    expect(
      renderSeeds(
        fakeLibrary([seed], () => answerOf('', [])),
        { ...plain, columns: 100 },
      ),
    ).toBe(
      [
        'ferry',
        '  Ferry returns to the sound · The Courier · 2024-03-05 · 3 sentences',
        '  for example: How often does it sail?',
      ].join('\n'),
    );
  });
});

describe('a verdict', () => {
  const verdict = (claim: string, style = { ...plain, columns: 100 }) =>
    renderVerdict(verifyQuote(claim, [FERRY]), style).split('\n');

  it('shows where an exact quote stands', () => {
    expect(verdict('“The ferry sails every hour”')).toEqual([
      'Exact: it stands in the articles.',
      '',
      '  │ The ferry sails every hour',
      '  [1] Ferry returns to the sound · The Courier · 2024-03-05 · ¶2',
    ]);
  });

  it('shows an abridged quote in full, and what was left out', () => {
    expect(verdict('The harbour trust was … willing to wait until May')).toEqual([
      'Exact but abridged; in full:',
      '',
      '  │ The harbour trust was not willing to wait until May',
      '  [1] Ferry returns to the sound · The Courier · 2024-03-05 · ¶3',
      '  left out: not',
    ]);
  });

  it('shows the words of an altered quote against those of the article', () => {
    expect(verdict('The harbour trust was willing to wait until June, said Ada Brook.')).toEqual([
      'Altered: the article says it otherwise.',
      '',
      '  - The harbour trust was not willing to wait until May, said Ada Brook.',
      '  + The harbour trust was willing to wait until June, said Ada Brook.',
      '  [1] Ferry returns to the sound · The Courier · 2024-03-05 · ¶3',
      '',
      '  left out: not',
      '  May → June',
    ]);
    const { red, green } = coloured.colours;
    const lines = verdict('The ferry sails every day from the old quay', { ...coloured, columns: 100 });
    expect(lines).toContain(`  - The ferry sails every${red(' hour')} from the old quay`);
    expect(lines).toContain(`  + The ferry sails every${green(' day')} from the old quay`);
  });

  it('shows each piece of a stitched quote, and says when there is nothing', () => {
    const lines = verdict('The ferry sails every hour from the old quay, was not willing to wait until May');
    expect(lines[0]).toBe('Stitched: the pieces are in the articles, but not together.');
    expect(lines).toContain('  │ The ferry sails every hour from the old quay');
    expect(lines).toContain('  │ was not willing to wait until May');
    expect(verdict('Entirely different words about cheese')).toEqual([
      'Absent: nothing in the articles is near it.',
    ]);
  });
});
