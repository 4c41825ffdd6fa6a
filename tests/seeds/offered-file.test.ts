import { describe, expect, it } from 'vitest';
import { OperatorError } from '../../src/operator-error.ts';
import {
  decodePage,
  MAX_OFFERED_BYTES,
  type OfferedFile,
  readOffered,
} from '../../src/seeds/offered-file.ts';

const PROSE =
  'The Orrin lighthouse was lit again on Monday evening after nine years of darkness, and some 300 people watched it from the pier in the rain.';
const pageOf = (article: string, head = '') =>
  `<!doctype html><html><head>${head}</head><body><nav><a href="/">Home</a></nav><article>${article}</article><footer>© Cookies</footer></body></html>`;

const read = (name: string | null, body: string | Buffer, type: string | null = null, address?: string) => {
  const file: OfferedFile = { name, bytes: Buffer.from(body as string), type, ...(address && { address }) };
  return readOffered(file);
};
const reason = async (offered: Promise<unknown>) => {
  const error = await offered.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(OperatorError);
  return (error as OperatorError).message;
};

describe('a file that is offered as an article', () => {
  it('is taken byte for byte when it is a text, under a name made of its own', async () => {
    const bytes = Buffer.from('\ufeffDie Brücke\r\n');
    expect(await readOffered({ name: 'Die Brücke.TXT', bytes, type: null })).toEqual({
      slug: 'die-brucke',
      extension: '.txt',
      bytes,
      sidecar: {},
    });
    expect(await read('a.markdown', '# A')).toMatchObject({ slug: 'a', extension: '.md' });
    expect(await read(null, 'pasted', 'text/plain')).toMatchObject({ slug: null, extension: '.txt' });
  });

  it.each([
    ['..\\..\\windows\\win.txt', 'win'],
    ['../../etc/passwd.txt', 'passwd'],
    ['/seeds/.removed/x.txt', 'x'],
    ['.txt.txt', 'txt'],
  ])('never gets a path of %j', async (name, slug) => {
    expect((await read(name, 'Words.')).slug).toBe(slug);
  });

  it.each([
    [
      'a page by its type, whatever its name ends with',
      'story.txt',
      'text/html; charset=utf-8',
      '.txt',
      null,
    ],
    ['a page by its name, where a server says plain text', 'story.html', 'text/plain', '.txt', null],
    ['Markdown by its name, where a server says plain text', 'a.md', 'text/plain', '.md', 'a'],
    ['a text by its type, where the name says nothing', 'story', 'text/plain', '.txt', 'story'],
  ])('is known as %s', async (_, name, type, extension, slug) => {
    expect(await read(name, pageOf(`<p>${PROSE}</p>`), type)).toMatchObject({ extension, slug });
  });

  it.each([
    ['a.png', 'image/png'],
    ['a.exe', null],
    ['noname', null],
    ['a.pdf', 'application/pdf'],
    ['constructor', '__proto__'],
  ])('is refused by name where it is something else: %s', async (name, type) => {
    expect(await reason(read(name, 'x', type))).toBe(`${name}: no article; give a .txt, .md or .html file`);
  });

  it('is refused when it is larger than the limit, and taken up to it', async () => {
    expect(await reason(read('a.txt', Buffer.alloc(MAX_OFFERED_BYTES + 1)))).toMatch(
      /^a\.txt: larger than 2 MiB/,
    );
    expect((await read('a.txt', Buffer.alloc(MAX_OFFERED_BYTES, 'a'))).bytes).toHaveLength(MAX_OFFERED_BYTES);
  });

  it('keeps the address that it was fetched from, above what the page says of itself', async () => {
    const html = pageOf(`<p>${PROSE}</p>`, '<link rel="canonical" href="https://evil.example/">');
    expect((await read('p', html, 'text/html', 'https://example.org/p')).sidecar.url).toBe(
      'https://example.org/p',
    );
    expect((await read('p.html', html)).sidecar.url).toBe('https://evil.example/');
    expect((await read('a.txt', 'Words.', null, 'https://example.org/a.txt')).sidecar).toEqual({
      url: 'https://example.org/a.txt',
    });
  });
});

describe('the encoding of a page', () => {
  const cafe = pageOf(`<p>Café à Besançon: ${PROSE}</p>`);
  const latin = (html: string) => Buffer.from(html, 'latin1');

  it.each([
    ['UTF-8 without a word about it', Buffer.from(cafe), null],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${cafe}`), null],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${cafe}`, 'utf16le'), null],
    ['Latin-1, as its sender says', latin(cafe), 'text/html; charset="ISO-8859-1"'],
    [
      'Latin-1, as the page says',
      latin(pageOf(`<p>Café à Besançon: ${PROSE}</p>`, '<meta charset=windows-1252>')),
      null,
    ],
    [
      'Latin-1, though its sender says UTF-8',
      latin(pageOf(`<p>Café à Besançon: ${PROSE}</p>`, '<meta charset=latin1>')),
      'text/html; charset=utf-8',
    ],
    ['UTF-8, where the name of the encoding is none', Buffer.from(cafe), 'text/html; charset=nonsense'],
  ])('is found: %s', (_, bytes, type) => {
    expect(decodePage(bytes, type)).toContain('Café à Besançon:');
  });

  it.each([
    ['Shift_JIS', Buffer.from([0x93, 0xfa, 0x96, 0x7b]), '日本'],
    ['EUC-KR', Buffer.from([0xb0, 0xb3, 0xbc, 0xba]), '개성'],
    ['GBK', Buffer.from([0xbf, 0xaa, 0xb3, 0xc7]), '开城'],
  ])('is found: %s', (label, bytes, words) => {
    const [before = '', after = ''] = pageOf('<p>§</p>', `<meta charset="${label}">`).split('§');
    expect(decodePage(Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)]), null)).toContain(
      words,
    );
  });

  it('is told where none fits', async () => {
    expect(await reason(read('page.html', latin(cafe)))).toBe('the page is not utf-8 text; save it as UTF-8');
  });
});
