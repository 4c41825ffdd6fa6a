import { describe, expect, it } from 'vitest';
import { findPhrase } from '../../src/answering/find-phrase.ts';
import { KAESONG, seedOfLines, shown } from './seed-of-lines.ts';

function found(phrase: string, text: string): string[] {
  return findPhrase(phrase, [seedOfLines('a', text)], 99).places.map(shown);
}

describe('a phrase is found', () => {
  it('at every place, with its offsets in the file', () => {
    const { count, places } = findPhrase('opening ceremony', [KAESONG], 10);
    expect(count).toBe(3);
    expect(places.map(shown)).toEqual(['opening ceremony', 'opening ceremony', 'opening ceremony']);
    expect(places.map(({ paragraph }) => paragraph)).toEqual([6, 17, 18]);
  });

  it('in order of seed id, then offset, and counted past the limit', () => {
    const seeds = [seedOfLines('b', 'peace\npeace talks'), seedOfLines('a', 'a peace')];
    const { count, places } = findPhrase('peace', seeds, 2);
    expect(count).toBe(3);
    expect(places.map(({ seed, start }) => [seed.id, start])).toEqual([
      ['a', 2],
      ['b', 0],
    ]);
    expect(findPhrase('peace', seeds, 0)).toEqual({ count: 3, places: [] });
  });

  it.each([
    ['case', 'LIAISON office', 'the liaison Office opened'],
    ['curly quotation marks', `the "new" era's end`, 'the “new” era’s end'],
    ['nested quotation marks', `he said 'now' again`, 'he said "now" again'],
    ['dashes', 'peace -- now', 'peace—now'],
    ['an ellipsis', 'well... yes', 'well … yes'],
    ['a spaced ellipsis', 'well… yes', 'well . . . yes'],
    ['white space', 'liaison\n\toffice', 'liaison\u00a0  office'],
    ['soft hyphens', 'liaison office', 'liai\u00adson\u200b office'],
    ['width forms', 'ABC 123', 'ＡＢＣ １２３'],
    ['composed accents', 'caf\u00e9 noir', 'cafe\u0301 noir'],
    ['ligatures', 'final office', 'ﬁnal oﬃce'],
  ])('whatever the %s', (_, phrase, text) => {
    expect(found(phrase, text)).toHaveLength(1);
  });

  it('with the marks around it where the same ones stand there', () => {
    expect(found('“open here,”', 'so "open here," he said; open here')).toEqual([
      '"open here,"',
      'open here',
    ]);
  });

  it('before a possessive', () => {
    expect(found('DPRK', 'the DPRK’s town')).toEqual(['DPRK']);
    expect(found("'DPRK'", "the DPRK's town")).toEqual(['DPRK']);
  });

  it('where it overlaps itself', () => {
    expect(findPhrase('ha ha', [seedOfLines('a', 'ha ha ha')], 9).places.map(({ start }) => start)).toEqual([
      0, 3,
    ]);
  });

  it('in a script without spaces', () => {
    expect(found('开城', '他在开城设立')).toEqual(['开城']);
  });

  it('as an emoji, whole', () => {
    expect(found('🎉', 'done 🎉!')).toEqual(['🎉']);
    expect(found('\ud83c', 'done 🎉!')).toEqual([]);
  });
});

describe('a phrase is not found', () => {
  it.each([
    ['inside a word', 'open', 'reopened opening'],
    ['inside a number', '5 percent', 'up 3.5 percent'],
    ['inside a clock time', '09', 'at 12:09'],
    ['before a contracted not', 'they can', "they can't"],
    ['after an apostrophe', 'Brien', "O'Brien"],
    ['in half of a ligature', 'of', 'oﬃce'],
    ['when a power became a digit', '102', 'ten: 10²'],
    ['when a mark of minutes became one of seconds', 'of 5" it', "of 5' it"],
    ['across two blocks', 'one two', 'one\ntwo'],
    ['in noise', 'china', '["china"]'],
    ['when it is empty', '', 'a b c'],
    ['when it is only marks', '"..."', 'a "..." c'],
    ['when it is only a dash', '-', 'a - b'],
  ])('%s', (_, phrase, text) => {
    expect(found(phrase, text)).toEqual([]);
  });

  it('twice in a repeated block', () => {
    expect(found('a caption', 'a caption\na caption')).toEqual(['a caption']);
  });

  it('when it is too long to be looked up', () => {
    expect(() => findPhrase('x'.repeat(4001), [KAESONG], 1)).toThrow(
      /^The phrase has 4001 characters.*shorten it\.$/,
    );
  });
});
