import { describe, expect, it } from 'vitest';
import { articleOf } from '../../src/seeds/html-article.ts';
import { readPage } from '../../src/seeds/read-page.ts';

const PROSE =
  'The Orrin lighthouse was lit again on Monday evening after nine years of darkness, and some 300 people watched it from the pier in the rain.';
const pageOf = (article: string, head = '') =>
  `<!doctype html><html><head>${head}</head><body><nav><a href="/">Home</a></nav><article>${article}</article><footer>© Cookies</footer></body></html>`;
const textOf = (html: string) => articleOf(html)?.text;

describe('the article in a page', () => {
  it('has a paragraph for each block, on one line, and the headline first', () => {
    const html = pageOf(
      `<h1>Lit <em>again</em></h1><p>${PROSE}</p>\n<p>It cost\n  <b>£4,200</b>,<br>a year.</p><ul><li>One</li><li>Two</li></ul>`,
      '<title>Lit again - Orrin Gazette</title>',
    );
    expect(textOf(html)).toBe(
      ['Lit again', PROSE, 'It cost £4,200,', 'a year.', 'One', 'Two', '']
        .join('\n\n')
        .trimEnd()
        .concat('\n'),
    );
  });

  it('says what it is in its sidecar, where the page does', () => {
    const head = `<title>Lit again</title><meta property="og:site_name" content=" Orrin\nGazette "><meta property="article:published_time" content="2024-06-11T09:15:00+01:00">`;
    expect(articleOf(pageOf(`<p>${PROSE}</p>`, head))?.sidecar).toEqual({
      title: 'Lit again',
      publisher: 'Orrin Gazette',
      updated: '2024-06-11T09:15',
    });
    const nonsense = `<title>${'x'.repeat(400)}</title><meta property="og:site_name" content="${'y'.repeat(200)}"><meta property="article:published_time" content="yesterday"><link rel="canonical" href="javascript:alert(1)">`;
    expect(articleOf(pageOf(`<p>${PROSE}</p>`, nonsense))?.sidecar).toEqual({});
  });

  it('has nothing of scripts, styles, frames, forms and what is hidden', () => {
    const html = pageOf(
      `<p>${PROSE}</p><script>alert('script')</script><style>p { color: style }</style><iframe src="https://frame.example">frame</iframe><form><input value="form"></form><p style="display:none">hidden</p><p hidden>hidden</p><!-- comment --><noscript>noscript</noscript><p>${PROSE} Again.</p>`,
    );
    const text = textOf(html);
    for (const bad of ['script', 'style', 'frame', 'form', 'hidden', 'comment', '<'])
      expect(text).not.toContain(bad);
    expect(text).toContain('Again.');
  });

  it('keeps what only looks like markup as words', () => {
    expect(textOf(pageOf(`<p>&lt;script&gt; &amp; @everyone **bold** ${PROSE}</p>`))).toContain(
      '<script> & @everyone **bold**',
    );
  });

  it.each([
    ['nothing', ''],
    ['no text', '<html><body></body></html>'],
    ['a menu', '<nav><a href="/">Home</a></nav>'],
    ['no HTML', '\0\u0001'],
    ['only a script', '<script>while(1);</script>'],
    ['a frameset', '<html><frameset><frame src="a"></frameset></html>'],
  ])('is missed: %s', (_, html) => {
    expect(articleOf(html)).toBeNull();
  });
});

describe('a page, read in a process of its own', () => {
  it('gives its article', async () => {
    expect(await readPage(pageOf(`<p>${PROSE}</p>`))).toEqual({ text: `${PROSE}\n`, sidecar: {} });
  });

  it('is told to have none', async () => {
    await expect(readPage('<p>Short.</p>')).rejects.toThrow(
      /^no article was found in the page; save the article as text$/,
    );
  });

  it.each([
    ['of elements nested a hundred thousand deep', `${'<div>'.repeat(100_000)}${PROSE}`],
    ['of two hundred thousand elements', `<p>${PROSE}</p>${'<i>x</i>'.repeat(200_000)}`],
  ])('is given up in one line where it is made to harm: %s', async (_, html) => {
    await expect(readPage(pageOf(html))).rejects.toThrow(
      /^the page is too large or too tangled to be read; save the article as text$/,
    );
  });

  it('is given up when reading takes too long', async () => {
    await expect(readPage(pageOf(`<p>${PROSE}</p>`), 1)).rejects.toThrow(/too large or too tangled/);
  });
});
