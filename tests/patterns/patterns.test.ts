import { checkSync, type Parameters } from 'recheck';
import { describe, expect, it } from 'vitest';
import { collectPatterns, type Pattern, patternsBuiltBy } from './collect.ts';

/** The checker is to prove it, however large the pattern is. */
const PROOF: Parameters = {
  checker: 'automaton',
  timeout: 60_000,
  maxRepeatCount: 1000,
  maxPatternSize: 100_000,
  maxNFASize: 1_000_000,
};
const SEARCH: Parameters = { checker: 'fuzz', timeout: 500 };
/** Steps that a pattern of quadratic time may take over the longest text that it meets. */
const MAX_STEPS = 20_000_000;

/**
 * Patterns whose time is not proven to be linear, and the longest text that each meets, in UTF-16 units. Whoever adds
 * one says where the text is cut.
 */
const BOUNDED: readonly (readonly [file: string, start: string, mostUnits: number, cut: string])[] = [
  ['answering/about-article.ts', '\\b(?:the|this', 400, 'the question is sliced'],
  ['answering/about-article.ts', '\\bheadline', 400, 'the question is sliced'],
  ['answering/about-article.ts', '\\b(?:when|', 400, 'the question is sliced'],
  ['answering/about-article.ts', '\\b(?:what|which|whose)', 400, 'the question is sliced'],
  ['answering/about-article.ts', '\\b(?:credit|inputs?', 400, 'the question is sliced'],
  ['seeds/defined-names.ts', '(?:\\p{Lu}', 500, 'LONGEST_RUN_UNITS'],
  ['answering/follow-up.ts', '^(?:and|but', 2000, 'MAX_QUESTION_UNITS'],
  ['answering/sample-questions.ts', '(?<!\\b(?:in|on|at', 400, 'LONGEST_SENTENCE'],
  ['answering/sample-questions.ts', '^(?<thing>', 400, 'LONGEST_SENTENCE'],
  ['answering/short-answer.ts', '', 4000, 'a quote is as long as the model reads'],
  ['answering/word-diff.ts', '(?<![\\p{L}\\p{M}])\\p{Lu}', 4000, 'MAX_PHRASE_UNITS'],
  ['chunks/sentences.ts', "[\\p{L}\\p{M}\\p{N}.'’&]+$", 100, 'LOOK_BACK'],
  ['config.ts', '^\\d{17,20}(?:', 4300, 'the operator sets it'],
  ['retrieval/expected-answer.ts', '\\bhow much', 2000, 'MAX_QUESTION_UNITS'],
  ['retrieval/question.ts', '^\\s*(?:(?:what|who)', 2000, 'MAX_QUESTION_UNITS'],
  ['retrieval/expected-answer.ts', '\\bwhere', 2000, 'MAX_QUESTION_UNITS'],
  ['retrieval/expected-answer.ts', '\\bwho(m', 2000, 'MAX_QUESTION_UNITS'],
  ['retrieval/expected-answer.ts', '^\\s*(when|where)', 2000, 'MAX_QUESTION_UNITS'],
  ['seeds/files.ts', '^[-.]+|-+$', 255, 'a file name'],
  ['seeds/line-shapes.ts', '[.!?)”"]\\s(?:file )?', 80, 'LONGEST_TAIL'],
  ['seeds/slug.ts', '^[-\\p{M}]+|-+$', 60, 'MAX_SLUG_UNITS'],
];

/** Patterns with a look-around that the checker cannot read, and why a text of any length takes linear time. */
const ARGUED: readonly (readonly [file: string, start: string, reason: string])[] = [
  [
    'answering/seed-words.ts',
    '[\\p{Script=Han}',
    'nothing follows the only repetition, so it never backtracks',
  ],
  ['chunks/sentences.ts', '[.?!…', 'sticky; both repetitions begin with what the other cannot take'],
  [
    'indexing/terms.ts',
    '\\p{Script=Han}',
    'what follows a repetition is optional, or fails one step back at most',
  ],
];

/** Functions that put a pattern together: of a pattern that is checked, of constants, of a number. */
const BUILT_LATER = ['chunks/sentences.ts', 'discord/custom-ids.ts', 'discord/on-message.ts'];

const collected = collectPatterns();
// Custom ids have a function for it, which is called when they are loaded.
const built = await patternsBuiltBy([...collected.atLoading, 'discord/custom-ids.ts']);
const all = [...collected.patterns, ...built];
const isAt = ({ file, source }: Pattern, where: string, start: string) =>
  where === file && source.startsWith(start);
const isListed = (pattern: Pattern) =>
  [...BOUNDED, ...ARGUED].some(([file, start]) => isAt(pattern, file, start));
const inWords = ({ file, source, flags }: Pattern) => `${file} /${source}/${flags}`;

describe('every regular expression of the product', () => {
  it('is found', () => {
    expect(collected.later).toEqual(BUILT_LATER);
    const builders = new Set(built.map(({ file }) => file));
    for (const file of collected.atLoading) expect(builders, file).toContain(file);
    expect(all.length).toBeGreaterThan(250);
    for (const [file, start] of [...BOUNDED, ...ARGUED]) {
      expect(
        all.some((pattern) => isAt(pattern, file, start)),
        `${file} ${start} is gone`,
      ).toBe(true);
    }
  });

  it('is proven to take linear time, or is listed here', { timeout: 600_000 }, () => {
    const unproven = all.filter((pattern) => {
      if (isListed(pattern)) return false;
      return checkSync(pattern.source, pattern.flags, PROOF).status !== 'safe';
    });
    expect(unproven.map(inWords)).toEqual([]);
  });

  it('that is listed is at most quadratic in a bounded text, as far as an attack can be found', {
    timeout: 600_000,
  }, () => {
    for (const pattern of all.filter(isListed)) {
      const result = checkSync(pattern.source, pattern.flags, SEARCH);
      if (result.status !== 'vulnerable') continue;
      const { complexity } = result;
      const [, , mostUnits] = BOUNDED.find(([file, start]) => isAt(pattern, file, start)) ?? [];
      expect(complexity.type, inWords(pattern)).toBe('polynomial');
      expect(mostUnits, inWords(pattern)).toBeDefined();
      const degree = complexity.type === 'polynomial' ? complexity.degree : 0;
      expect((mostUnits ?? 0) ** degree, inWords(pattern)).toBeLessThanOrEqual(MAX_STEPS);
    }
  });
});
