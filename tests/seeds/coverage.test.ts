import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSeedText } from '../../src/seeds/parse.ts';

/** Throws where a promise about blocks is broken. */
function checkBlocks(text: string, format: 'text' | 'markdown'): void {
  const { blocks } = parseSeedText(text, format);
  let covered = 0;
  let paragraphs = 0;
  for (const { start, end, kind, level, paragraph, repeated } of blocks) {
    expect(text.slice(covered, start).trim()).toBe('');
    expect(start).toBeGreaterThanOrEqual(covered);
    expect(end).toBeGreaterThan(start);
    expect(text.slice(start, end).trim()).toHaveLength(end - start);
    expect(cutsPair(text, start) || cutsPair(text, end)).toBe(false);
    expect(level > 0).toBe(kind === 'headline');
    if (kind === 'noise') expect(paragraph).toBe(0);
    else if (repeated) expect(paragraph >= 1 && paragraph <= paragraphs).toBe(true);
    else expect(paragraph).toBe(++paragraphs);
    covered = end;
  }
  expect(text.slice(covered).trim()).toBe('');
}

function cutsPair(text: string, at: number): boolean {
  return /[\uD800-\uDBFF]/.test(text[at - 1] ?? '') && /[\uDC00-\uDFFF]/.test(text[at] ?? '');
}

const LINES = [
  ...[
    '',
    ' ',
    '\t',
    '\uFEFF',
    '\u00A0',
    '---',
    '===',
    '```',
    '~~~',
    '|---|',
    '>',
    '> >',
    '#',
    '<!--',
    '-->',
    '![',
    '](a)',
  ],
  ...[
    '# Head',
    'Head',
    'title: x',
    '- item',
    '12. item',
    '> quoted',
    '| a | b |',
    '![alt](u)',
    '[![a](b)](c)',
    '[a]: /b',
  ],
  ...[
    'Updated 12:09, 17-Sep-2018',
    'CGTN',
    '["china"]',
    '00:42',
    'A view. /VCG Photo',
    '(With inputs from agencies)',
  ],
  ...[
    'The two sides met on Monday and agreed to meet again in the',
    'spring, as was said.',
    '𝒜𝒷 😀',
    '<b>',
    'By Jane Doe',
  ],
];
const page = fc
  .array(
    fc.tuple(
      fc.oneof(fc.constantFrom(...LINES), fc.string({ unit: 'binary' })),
      fc.constantFrom('\n', '\r\n', '\r'),
    ),
  )
  .map((lines) => lines.flat().join(''));
const anyText = fc.oneof(page, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));

describe.each(['text', 'markdown'] as const)('blocks of any %s', (format) => {
  it('are in order, apart, trimmed, numbered 1 … n, and cover every character that is not blank', () => {
    fc.assert(
      fc.property(anyText, (text) => checkBlocks(text, format)),
      { numRuns: 1_000 },
    );
  });

  // Each text would need hours if any step were quadratic in it.
  it.each(
    [
      '[',
      '![',
      '![]',
      '<!--',
      '<!-- -->',
      '<',
      '> ',
      '- ',
      '#',
      '`',
      '|',
      '"',
      '(',
      '.)',
      "''",
      '1. ',
      '- -\n',
      '<!--\n',
      '* *a',
    ].concat([
      '```\n',
      '> - ',
      'a\n',
      'x, ',
      'A/',
      '[a](',
      'By A ',
      'May 1 ',
      '\r',
      '\n\n',
      ' ',
      '["',
      '© ',
      '--- ',
    ]),
  )('is read at length: %j', (unit) => {
    const text = unit.repeat(Math.floor(300_000 / unit.length));
    const { blocks } = parseSeedText(text, format);
    expect(blocks.length).toBeLessThanOrEqual(text.length);
  });
});
