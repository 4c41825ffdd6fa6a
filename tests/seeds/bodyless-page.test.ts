import { expect, it } from 'vitest';
import { articleOf } from '../../src/seeds/html-article.ts';

const WORDS = 'The ferry sank in the harbour on Monday, and nobody was hurt. '.repeat(5);

// HTML lets a page leave them out: https://html.spec.whatwg.org/#optional-tags
it.each([
  ['no body', `<html><head><title>The ferry sank</title></head><article><p>${WORDS}</p></article></html>`],
  ['no head either', `<html><title>The ferry sank</title><p>${WORDS}</p>`],
  ['a broken body', `<html><head><title>The ferry sank</title></head><bo\n${WORDS}<p>${WORDS}</p>`],
  ['nothing but paragraphs', `<p>${WORDS}</p><p>${WORDS}</p>`],
])('a page with %s is read as well', (_what, html) => {
  expect(articleOf(html)?.text).toContain(WORDS.trim());
});

it('a page that is one open comment has no article', () => {
  expect(articleOf(`${WORDS}<!--<body><p>${WORDS}</p></body>`)).toBeNull();
  expect(articleOf('<!--<body>')).toBeNull();
});
