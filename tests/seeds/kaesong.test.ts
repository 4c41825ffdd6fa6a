import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseSeedText } from '../../src/seeds/parse.ts';

const text = readFileSync(new URL('../../seeds/inter-korean-liaison-office.txt', import.meta.url), 'utf8');

/** Kind, paragraph and first words of every block. */
const PAGE = [
  ['headline', 1, 'Inter-Korean joint liaison office opens'],
  ['dateline', 2, 'Updated 12:09, 17-Sep-2018'],
  ['dateline', 3, 'CGTN'],
  ['noise', 0, '["china"]'],
  ['noise', 0, '00:42'],
  ['body', 4, 'The Republic of Korea (ROK) and the'],
  ['body', 5, 'The liaison office was opened in the'],
  ['caption', 6, 'The inter-Korean Kaesong Industrial'],
  ['caption', 6, 'The inter-Korean Kaesong Industrial'],
  ['body', 7, '"A new chapter in history is open here'],
  ['body', 8, 'He said, "Two sides from today can have'],
  ['body', 9, 'The move ahead of President Moon'],
  ['caption', 10, 'People attend a march for peace,'],
  ['caption', 10, 'People attend a march for peace,'],
  ['body', 11, 'The building includes separate offices'],
  ['body', 12, 'Yonhap reported that the ROK will'],
  ['body', 13, "The ROK's vice unification minister Chun"],
  ['caption', 14, 'Chun Hae-sung (R, front),'],
  ['caption', 14, 'Chun Hae-sung (R, front),'],
  ['body', 15, 'The co-heads will meet every week.'],
  ['body', 16, 'The opening ceremony was attended by'],
  ['body', 17, 'Some businessmen, who ran companies'],
  ['body', 18, 'It was the first time that people who'],
  ['caption', 19, 'Pedestrians walk past a giant banner'],
  ['caption', 19, 'Pedestrians walk past a giant banner'],
  ['body', 20, 'Moon is due in Pyongyang on Tuesday'],
  ['body', 21, 'The DPRK was "willing to denuclearize,"'],
  ['credit', 22, '(With inputs from agencies)'],
] as const;

describe.each(['text', 'markdown'] as const)('the Kaesong page as %s', (format) => {
  const parsed = parseSeedText(text, format);

  it('has the kind and the paragraph number of every block', () => {
    const read = parsed.blocks.map(({ kind, paragraph, start, end }, index) => {
      const opening = PAGE[index]?.[2] ?? '';
      return [kind, paragraph, text.slice(start, Math.min(end, start + opening.length))];
    });
    expect(read).toEqual(PAGE);
  });

  it('quotes a caption that was pasted twice once', () => {
    const captions = parsed.blocks.filter(({ kind }) => kind === 'caption');
    expect(captions.map(({ repeated }) => repeated)).toEqual([
      false,
      true,
      false,
      true,
      false,
      true,
      false,
      true,
    ]);
    expect(parsed.blocks.filter(({ kind, repeated }) => repeated && kind !== 'caption')).toEqual([]);
  });

  it('says what the page says about itself', () => {
    expect(parsed).toMatchObject({
      title: "Inter-Korean joint liaison office opens in DPRK's Kaesong",
      publisher: 'CGTN',
      updated: '2018-09-17T12:09',
      url: null,
    });
  });

  it('leaves no white space at the edges of a block, no-break spaces included', () => {
    for (const { start, end } of parsed.blocks) {
      expect(text.slice(start, end)).toBe(text.slice(start, end).trim());
    }
  });
});
