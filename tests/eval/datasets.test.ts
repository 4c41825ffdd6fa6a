import { expect, test } from 'vitest';
import { sampleSet, selqaArticles, squadArticles } from './datasets.ts';
import { readNewsroom } from './newsroom.ts';
import { readOwnCases } from './own-cases.ts';

const SQUAD = {
  data: ['Ferry_lines', 'Libraries'].map((title) => ({
    title,
    paragraphs: [
      { context: 'A first\nparagraph.', qas: [] },
      {
        context: 'It opened in 1958.',
        qas: [
          {
            question: ' When did it open?',
            is_impossible: false,
            answers: [{ answer_start: 13, text: '1958' }],
          },
          { question: 'Who closed it?', is_impossible: true, answers: [] },
        ],
      },
    ],
  })),
};

test('a SQuAD article is one paragraph a line, and its answers stand at their offsets', () => {
  const [article] = squadArticles(SQUAD);
  expect(article?.text).toBe('A first paragraph.\nIt opened in 1958.');
  const [answerable, near] = article?.questions ?? [];
  expect(answerable?.gold.map(({ start, end }) => article?.text.slice(start, end))).toEqual(['1958']);
  expect(answerable).toMatchObject({ text: 'When did it open?', expected: 'answered', kind: 'when' });
  expect(near).toMatchObject({ gold: [], expected: 'near', kind: 'who' });
});

test('questions on one SelQA section share its seed, and their gold is a whole sentence of it', () => {
  const row = { article: 'Israel', section: 'Museums', candidates: ['One.', 'Two.'], q_types: ['what'] };
  const articles = selqaArticles([
    { ...row, question: 'What is two?', answers: [1] },
    { ...row, question: 'What is one?', answers: [0] },
  ]);
  expect(articles).toHaveLength(1);
  const [{ text, questions } = { text: '', questions: [] }] = articles;
  expect(questions.map(({ gold }) => gold.map(({ start, end }) => text.slice(start, end)))).toEqual([
    ['Two.'],
    ['One.'],
  ]);
});

test('a sample is the same for the same seed number, and puts answerable questions to other articles too', () => {
  const sample = () => sampleSet('squad', squadArticles(SQUAD), { size: 4, seedNumber: 7 });
  expect(sample()).toEqual(sample());
  const { questions } = sample();
  expect(questions.map(({ expected }) => expected).sort()).toEqual([
    ...['answered', 'answered', 'far', 'far', 'near', 'near'],
  ]);
});

test('each quote of the own cases is found in its seed', async () => {
  const { questions } = await readOwnCases();
  for (const { expected, gold } of questions) expect(gold.length > 0).toBe(expected === 'answered');
});

test('the newsroom has questions of every kind, whose quotes stand in their articles', async () => {
  const { files, questions } = await readNewsroom({ size: 10_000, seedNumber: 1 });
  const of = (expected: string) => questions.filter((question) => question.expected === expected);
  expect(of('answered').every(({ gold }) => gold.length > 0)).toBe(true);
  expect([...of('near'), ...of('absent'), ...of('far')].every(({ gold }) => gold.length === 0)).toBe(true);
  expect([of('answered').length, of('near').length, of('absent').length]).toEqual([477, 168, 84]);
  expect([...files.keys()].filter((name) => name.endsWith('.txt'))).toHaveLength(28);
});
