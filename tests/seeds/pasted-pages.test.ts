import { describe, expect, it } from 'vitest';
import { parseSeedText } from '../../src/seeds/parse.ts';
import { outline } from './reading.ts';

const BODY = 'The two sides met in Geneva on Monday and agreed to meet again, officials said.';
const MORE = 'A second round of talks is planned for the spring, according to a statement.';

function metadata(...lines: string[]) {
  const { title, publisher, updated } = parseSeedText(lines.join('\n'), 'text');
  return [title, publisher, updated];
}

describe('a pasted news page', () => {
  it('has headline, standfirst, byline, dateline, furniture, body and credit', () => {
    const page = [
      'Talks resume in Geneva',
      'Officials hope for a deal by spring.',
      'By Jane Doe and John Roe, Reuters',
      'Published 3 March 2021',
      'Share',
      'Facebook Twitter Email',
      BODY,
      'Advertisement',
      'Read more: Ten things to know about Geneva',
      MORE,
      'Delegates arrive in Geneva. Photograph: Jane Doe/AP',
      'Editing by Max Roe',
      '© 2021 Reuters. All rights reserved.',
    ];
    expect(outline(page.join('\n\n'))).toEqual([
      'headline1 1: Talks resume in Geneva',
      'body 2: Officials hope for a deal by spring.',
      'dateline 3: By Jane Doe and John Roe, Reuters',
      'dateline 4: Published 3 March 2021',
      'noise: Share',
      'noise: Facebook Twitter Email',
      `body 5: ${BODY}`,
      'noise: Advertisement',
      'noise: Read more: Ten things to know about Geneva',
      `body 6: ${MORE}`,
      'caption 7: Delegates arrive in Geneva. Photograph: Jane Doe/AP',
      'credit 8: Editing by Max Roe',
      'credit 9: © 2021 Reuters. All rights reserved.',
    ]);
    expect(metadata(...page)).toEqual(['Talks resume in Geneva', 'Reuters', '2021-03-03']);
  });

  it('may begin with the outlet and its date', () => {
    expect(metadata('BBC News', 'Talks resume in Geneva', '3 March 2021', BODY)).toEqual([
      'Talks resume in Geneva',
      'BBC News',
      '2021-03-03',
    ]);
    expect(metadata('Deutsche Welle', '3 March 2021', 'Talks resume in old Geneva', BODY)[2]).toBe(
      '2021-03-03',
    );
  });

  it('takes no section name for the outlet', () => {
    expect(metadata('Talks resume in Geneva', 'World', 'Updated 2021-03-03', BODY)[1]).toBeNull();
  });

  it('has a wire dateline when it stands alone', () => {
    expect(outline(`Talks resume in Geneva\nBERLIN, May 3 (AP) —\n${BODY}`)[1]).toBe(
      'dateline 2: BERLIN, May 3 (AP) —',
    );
    expect(outline(`BERLIN, May 3 (AP) — ${BODY}`)).toEqual([`body 1: BERLIN, May 3 (AP) — ${BODY}`]);
  });

  it('counts words that come again once, whatever they are', () => {
    expect(outline(`${BODY}\n${MORE}\n${BODY}`).at(-1)).toBe(`body 1 again: ${BODY}`);
  });
});

describe('a dateline', () => {
  it.each([
    ['Updated 12:09, 17-Sep-2018', '2018-09-17T12:09'],
    ['Published 3 March 2021', '2021-03-03'],
    ['Last updated: 3rd March 2021 at 4.05 pm GMT', '2021-03-03T16:05'],
    ['Published: 2021-03-03T07:30:00Z', '2021-03-03T07:30'],
    ['2021-03-03 07:30', '2021-03-03T07:30'],
    ['Wednesday, March 3, 2021', '2021-03-03'],
    ['Mar. 3, 2021, 12:15 a.m. EST', '2021-03-03T00:15'],
    ['Updated 12:09 PM ET, Wed March 3, 2021', '2021-03-03T12:09'],
    ['March 3, 2021 / 7:30 AM / CBS News', '2021-03-03T07:30'],
    ['Published 2 March 2021, updated 3 March 2021', '2021-03-03'],
    ['Xinhua | Updated: 2021-03-03 07:30', '2021-03-03T07:30'],
    ['Published 17/09/2018', '2018-09-17'],
    ['Published 03/04/2018', null],
    ['Updated 3 hours ago', null],
  ])('is %s', (line, updated) => {
    const page = `Talks resume in Geneva\n${line}\n${BODY}`;
    expect(outline(page)[1]).toBe(`dateline 2: ${line}`);
    expect(parseSeedText(page, 'text').updated).toBe(updated);
  });

  it.each([
    'Published 31 February 2021',
    'Updated 25:09, 17-Sep-2018',
    'Published in March 2021 by a small press',
    'He updated it on 3 March 2021',
    'on 3 March 2021.',
  ])('is not %s', (line) => {
    const kinds = parseSeedText(`${BODY}\n${line}\n${MORE}`, 'text').blocks.map(({ kind }) => kind);
    expect(kinds).toEqual(['body', 'body', 'body']);
  });
});

describe('a caption', () => {
  it.each([
    'A view of Kaesong, April 24, 2018. /VCG Photo',
    'A view of Kaesong [Photo: Jane Doe]',
    'A view of Kaesong. (AP Photo/Jane Doe)',
    'A view of Kaesong. (AP Photo/Jane Doe, File)',
    'A view of Kaesong. AFP via Getty Images',
    'A view of Kaesong. /Xinhua',
    'Photo: Jane Doe',
    'Image credit: NASA',
    'Photo by Jane Doe',
  ])('is %s', (line) => {
    expect(outline(`${BODY}\n${line}\n${MORE}`)[1]).toBe(`caption 2: ${line}`);
  });

  it('is a line that stands twice in a row and ends with some credit', () => {
    const line = 'A view of Kaesong /Jane Doe';
    expect(outline(`${BODY}\n${line}\n\n${line}\n${MORE}`).slice(1, 3)).toEqual([
      `caption 2: ${line}`,
      `caption 2 again: ${line}`,
    ]);
    expect(outline(`${BODY}\n${line}\n${MORE}`)[1]).toBe(`body 2: ${line}`);
  });

  it.each([
    'The probe was built by the National Aeronautics and Space Administration (NASA).',
    'The company was later bought by Getty Images.',
    'It shows text and/or images',
    'Photos by the thousand were sent to the paper.',
    'He loved the arts (pictures).',
    'Images by Hubble showed that the star was older.',
  ])('is not %s', (line) => {
    expect(outline(`${BODY}\n${line}\n${MORE}`)[1]).toBe(`body 2: ${line}`);
  });
});

describe('noise', () => {
  it.each(['["china", "asia"]', '00:42', '1:02:33', '* * *', 'We use cookies to improve our site. Accept?'])(
    'is %s',
    (line) => {
      expect(outline(`${BODY}\n${line}\n${MORE}`)[1]).toBe(`noise: ${line}`);
    },
  );

  it.each([
    '["china" is a tag]',
    '12:99',
    'Share prices fell',
    'Read more books',
    'Privacy policy',
    '👍',
    '∑ = ∫',
  ])('is not %s', (line) => {
    expect(outline(`${BODY}\n${line}\n${MORE}`)[1]).toBe(`body 2: ${line}`);
  });
});
