import { expect, test } from 'vitest';
import { mentionsArticle } from '../../src/answering/about-article.ts';
import { EVIDENCE_NAMES, lacksAnswer } from '../../src/answering/evidence.ts';
import { ANSWERED_CONFIDENCE, support } from '../../src/answering/judge.ts';
import { LexicalIndex } from '../../src/indexing/lexical-index.ts';
import { FEATURE_NAMES } from '../../src/retrieval/features.ts';
import { readQuestion } from '../../src/retrieval/question.ts';
import weights from '../../src/retrieval/weights.json' with { type: 'json' };
import { libraryOf } from './fake-library.ts';

test('every feature and every piece of evidence has its weight, and no other has one', () => {
  expect(Object.keys(weights.ranking)).toEqual([...FEATURE_NAMES]);
  for (const model of [weights.onTopic, weights.supported, weights.met]) {
    expect(Object.keys(model)).toEqual([...EVIDENCE_NAMES, 'bias']);
  }
});

test.each([
  ['Who took the photos?', true],
  ['What does this story say?', true],
  ['Is the main picture old?', true],
  ['Who photographed Kaesong?', false],
  ['What was reported?', false],
])('%s is about the article itself: %s', (question, mentions) => {
  expect(mentionsArticle(question)).toBe(mentions);
});

test('a sentence lacks the kind of answer only where that kind can be told', () => {
  const lexical = LexicalIndex.build([]);
  const none = FEATURE_NAMES.map(() => 0);
  const one = FEATURE_NAMES.map((name) => (name === 'holds:number' ? 1 : 0));
  const [many, how] = ['How many came?', 'How was it?'].map((text) => readQuestion(text, lexical, []));
  expect(many && lacksAnswer(many, none)).toBe(true);
  expect(many && lacksAnswer(many, one)).toBe(false);
  expect(how && lacksAnswer(how, none)).toBe(false);
});

test('an answer needs both: to be there, and to be what was asked', () => {
  expect(support(5, 5)).toBeGreaterThan(support(5, -5));
  expect(support(5, 5)).toBeGreaterThan(support(-5, 5));
  expect(Number.isFinite(support(-1e9, -1e9))).toBe(true);
});

test('confidence and outcome agree, whatever is asked', async () => {
  const { library } = await libraryOf({
    'bridge.txt':
      'The bridge in Lisk opened in 1901.\n\nIt cost $40 million.\n\nThe mayor of Lisk cut the ribbon.',
  });
  for (const question of [
    'When did the bridge in Lisk open?',
    'How many lanes does the bridge in Lisk have?',
    'Did Zorro open the bridge in Lisk?',
    'What is the weather on Mars?',
  ]) {
    const { outcome, confidence } = await library.ask(question);
    expect(confidence >= ANSWERED_CONFIDENCE, question).toBe(outcome === 'answered');
  }
  expect((await library.ask('How many lanes does the bridge in Lisk have?')).outcome).not.toBe('answered');
  expect((await library.ask('Did Zorro open the bridge in Lisk?')).outcome).not.toBe('answered');
});

test('a headline that asks itself is no answer', async () => {
  const confidenceIn = async (headline: string) => {
    const { library } = await libraryOf({ 'a.txt': `${headline}\nUpdated 10:00, 02-May-2020\nIt rains.` });
    const { confidence, quotes } = await library.ask('Is the bridge in Lisk good for Lisk?');
    expect(quotes[0]?.kind).toBe('headline');
    return confidence;
  };
  expect(await confidenceIn('The bridge in Lisk is good for Lisk')).toBeGreaterThan(0.5);
  expect(await confidenceIn('What the bridge in Lisk is good for in Lisk')).toBeLessThan(0.5);
  expect(await confidenceIn('Is the bridge in Lisk good for Lisk?')).toBeLessThan(0.5);
});
