import { expect, test } from 'vitest';
import type { Article } from './datasets.ts';
import { asTyped, shortArticles } from './short-articles.ts';

const TEXT = ['One came first.', 'Two came second.', 'Three came third.', 'Four came last.'].join('\n');

function article(title: string): Article {
  const start = TEXT.indexOf('Three');
  const questions = [
    {
      text: 'Which came third?',
      gold: [{ start, end: start + 5 }],
      expected: 'answered' as const,
      kind: 'which',
    },
    { text: 'Who came fifth?', gold: [], about: start, expected: 'near' as const, kind: 'who' },
  ];
  return { id: title.toLowerCase(), title, text: TEXT, questions };
}

test.each([
  ['In what country is Normandy located?', 'what country is normandy located'],
  ['Who sang “Fix You”?', 'who sang fix you'],
  ['At school, who was Ann?', 'at school, who was ann'],
])('%s is typed as: %s', (question, typed) => {
  expect(asTyped(question)).toBe(typed);
});

test('an article is cut into runs of one, two and three paragraphs, and the gold moves along', () => {
  const { files, questions } = shortArticles('short', [article('Places')], { size: 9, seedNumber: 1 });
  const asked = questions.find(({ expected }) => expected === 'answered');
  const text = files.get(`${asked?.seed}.txt`) ?? '';
  expect(text).toBe('Two came second.\nThree came third.\n');
  expect(asked?.gold.map(({ start, end }) => text.slice(start, end))).toEqual(['Three']);
});

test('an answerable question is also put to another part of its article, and to a part of another article', () => {
  const articles = [article('Places'), article('Races')];
  const { files, questions } = shortArticles('short', articles, { size: 9, seedNumber: 1 });
  const of = (expected: string) => questions.filter((question) => question.expected === expected);
  expect(of('absent').map(({ seed }) => seed.split('-')[0])).toEqual(
    of('answered').map(({ seed }) => seed.split('-')[0]),
  );
  for (const [i, { seed }] of of('far').entries()) {
    expect(seed.split('-')[0]).not.toBe(of('answered')[i]?.seed.split('-')[0]);
  }
  for (const { seed } of questions) expect(files.has(`${seed}.txt`)).toBe(true);
});

test('an article whose sentences are known is one short article, a sentence a line', () => {
  const known = { ...article('Places'), text: TEXT.replaceAll('\n', ' '), sentences: [0, 16, 33, 51] };
  const { files } = shortArticles('short', [known], { size: 9, seedNumber: 1 });
  expect(files.get('places-0.txt')).toBe(`${TEXT}\n`);
});
