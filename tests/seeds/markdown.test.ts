import { describe, expect, it } from 'vitest';
import { parseSeedText } from '../../src/seeds/parse.ts';
import { outline } from './reading.ts';

const read = (text: string) => outline(text, 'markdown');

describe('Markdown', () => {
  it('has ATX and setext headings with their levels', () => {
    expect(read('# One #\n\nTwo\n===\n\nThree\n---\n\n### Four\nWords.')).toEqual([
      'noise: #',
      'headline1 1: One',
      'noise: #',
      'headline1 2: Two',
      'noise: ===',
      'headline2 3: Three',
      'noise: ---\n\n###',
      'headline3 4: Four',
      'body 5: Words.',
    ]);
  });

  it('keeps a paragraph over its line breaks, with its inline marks', () => {
    expect(read('Some *plain*\nwords with a [link](https://a.example).\n\n#hash is no heading')).toEqual([
      'body 1: Some *plain*\nwords with a [link](https://a.example).',
      'body 2: #hash is no heading',
    ]);
  });

  it('has a block for each list item', () => {
    expect(read('1. First\n2. Second\n   goes on\n- [x] Third\n\nThe year was\n1986. It was cold.')).toEqual([
      'noise: 1.',
      'body 1: First',
      'noise: 2.',
      'body 2: Second\n   goes on',
      'noise: - [x]',
      'body 3: Third',
      'body 4: The year was\n1986. It was cold.',
    ]);
  });

  it('keeps a quotation in one block a paragraph', () => {
    expect(read('> One line\n> and another.\n>\n> A second.\n\n> - item')).toEqual([
      'noise: >',
      'body 1: One line\n> and another.',
      'noise: >\n>',
      'body 2: A second.',
      'noise: > -',
      'body 3: item',
    ]);
  });

  it('has fenced code as body', () => {
    expect(read('```ts\n# no heading\n\n  more\n```\nAfter.')).toEqual([
      'noise: ```ts',
      'body 1: # no heading\n\n  more',
      'noise: ```',
      'body 2: After.',
    ]);
    expect(read('~~~\nnever closed')).toEqual(['noise: ~~~', 'body 1: never closed']);
  });

  it('has a block for each row of a table', () => {
    expect(read('| a | b |\n|---|---|\n| 1 | 2 |\n\nc | d\n--|--\n3 | 4')).toEqual([
      'body 1: | a | b |',
      'noise: |---|---|',
      'body 2: | 1 | 2 |',
      'body 3: c | d',
      'noise: --|--',
      'body 4: 3 | 4',
    ]);
  });

  it('has the words of an image as a caption', () => {
    expect(read('![A view of Kaesong](a.png "View (old)")\n\n![](b.png)\n\nSee ![it](c.png) here.')).toEqual([
      'noise: ![',
      'caption 1: A view of Kaesong',
      'noise: ](a.png "View (old)")\n\n![](b.png)',
      'body 2: See ![it](c.png) here.',
    ]);
  });

  it('never quotes comments, tags or where links lead', () => {
    expect(
      read('<!-- not\n\nthis -->\n<div class="a">\nWords.\n\n[a]: https://a.example\n[^1]: A note.'),
    ).toEqual([
      'noise: <!-- not\n\nthis -->\n<div class="a">',
      'body 1: Words.',
      'noise: [a]: https://a.example',
      'body 2: [^1]: A note.',
    ]);
    expect(read('<!-- never closed\n\nWords.')).toEqual(['body 1: <!-- never closed', 'body 2: Words.']);
  });

  it('has front matter as noise that tells about the article', () => {
    const front =
      '---\ntitle: "A: title"\ndate: 2021-03-03T07:30:00Z\nsource: Reuters # wire\nurl: https://a.example/b\ntags:\n  - a\n---';
    const text = `${front}\n\n# Heading\n\nWords.`;
    expect(read(text)).toEqual([`noise: ${front}\n\n#`, 'headline1 1: Heading', 'body 2: Words.']);
    const { blocks: _, ...metadata } = parseSeedText(text, 'markdown');
    expect(metadata).toEqual({
      title: 'A: title',
      publisher: 'Reuters',
      updated: '2021-03-03T07:30',
      url: 'https://a.example/b',
    });
  });

  it.each(['---\nNo key here.\n---\nWords.', '---\ntitle: never closed', '---\n\nWords.'])(
    'takes %j for no front matter',
    (text) => {
      expect(parseSeedText(text, 'markdown').title).toBeNull();
      expect(read(text).some((block) => block.startsWith('body') || block.startsWith('headline'))).toBe(true);
    },
  );

  it('takes no address but http(s) from front matter', () => {
    expect(parseSeedText('---\nurl: javascript:alert(1)\n---\nWords.', 'markdown').url).toBeNull();
  });

  it('reads the dateline and captions of a pasted page under its heading', () => {
    expect(
      read('# Talks resume\n\n**Updated:** 3 March 2021\n\nCGTN\n\nWords.\n\n*A view. /VCG Photo*').slice(2),
    ).toEqual([
      'dateline 2: **Updated:** 3 March 2021',
      'dateline 3: CGTN',
      'body 4: Words.',
      'caption 5: *A view. /VCG Photo*',
    ]);
  });
});
