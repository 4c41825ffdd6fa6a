import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeSlug, slugOf } from '../../src/seeds/slug.ts';

describe('a name for a file, made of any words', () => {
  it.each([
    ['Inter-Korean office opens in Kaesong', 'inter-korean-office-opens-in-kaesong'],
    ['Écoles: l’été à Besançon', 'ecoles-lete-a-besancon'],
    ['개성 공동연락사무소 개소', '개성-공동연락사무소-개소'],
    ['記事「一」', '記事-一'],
    ['../../etc/passwd', 'etc-passwd'],
    ['..', 'article'],
    ['', 'article'],
    ['.hidden', 'hidden'],
    ['a/b\\c:d*e?f"g<h>i|j', 'a-b-c-d-e-f-g-h-i-j'],
    ['\u202etxt.exe\u0000\n', 'txt-exe'],
    ['README', 'article-readme'],
    ['CON', 'article-con'],
    ['lpt1', 'article-lpt1'],
    ['👍', 'article'],
  ])('%j becomes %j', (words, slug) => {
    expect(slugOf(words)).toBe(slug);
  });

  it('is nothing but a file in its folder, and of bounded length, whatever the words are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (words) => {
        const slug = slugOf(words);
        expect(slug).toMatch(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*$/u);
        expect(path.join('/seeds', `${slug}.txt`)).toBe(`/seeds/${slug}.txt`);
        expect(slug.length).toBeLessThanOrEqual(60 + 'article-'.length);
        expect(slug.isWellFormed()).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('gets the first number that makes it another one, capitals told apart or not', () => {
    expect(freeSlug('ferry', new Set())).toBe('ferry');
    expect(freeSlug('ferry', new Set(['ferry', 'ferry-2']))).toBe('ferry-3');
    expect(freeSlug('Ferry', new Set(['ferry']))).toBe('Ferry-2');
  });
});
