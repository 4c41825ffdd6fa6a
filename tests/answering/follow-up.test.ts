import { describe, expect, it, test } from 'vitest';
import { hasNewWords, leansOnPrevious, wantsOther, withContext } from '../../src/answering/follow-up.ts';
import { libraryOf } from './fake-library.ts';

test.each<[string, boolean]>([
  ['How often do they meet?', true],
  ['And in winter?', true],
  ['When was that?', true],
  ['why?', true],
  ['When was the liaison office opened?', false],
  ['What did the mayor of Lisk say about the bridge and its first lane and railing on Monday?', false],
])('%s leans on the question before it: %s', (question, leans) => {
  expect(leansOnPrevious(question)).toBe(leans);
});

test('what else is wanted is not what was quoted; the other side is', () => {
  expect(wantsOther('What else did he say?')).toBe(true);
  expect(wantsOther('And the other side?')).toBe(false);
});

test('a follow-up may have words that the quote lacks', () => {
  expect(hasNewWords('And in winter?', 'In summer a crossing lasts 35 minutes.')).toBe(true);
  expect(hasNewWords('And the crossing in summer?', 'In summer a crossing lasts 35 minutes.')).toBe(false);
});

test('the question before lends the words that are missing', () => {
  const previous = { question: 'Who opened the bridge in Lisk?', quote: null };
  expect(withContext('When was it opened?', previous)).toBe('When was it opened? (bridge Lisk)');
  expect(withContext('And the bridge in Lisk, who opened it?', previous)).toBeNull();
  const founded = { question: 'Who founded Lisk Ferries?', quote: null };
  expect(withContext('When was it founded?', founded)).toBe('When was it founded? (Lisk Ferries)');
});

test('a name that is replaced by its counterpart is not lent', () => {
  const previous = { question: 'Who is the South Korean co-head?', quote: null };
  expect(withContext('what about the north korean one?', previous)).toBe(
    'what about the north korean one? (co head)',
  );
});

describe('a library that is asked on', () => {
  const ferry = [
    'In summer a crossing lasts 35 minutes.',
    'In winter the boats go round the bank, and a crossing lasts 50 minutes.',
    'The harbour was dug in 1801.',
  ].join('\n\n');

  it('does not give the same quote for another season', async () => {
    const { library } = await libraryOf({ 'ferry.txt': ferry });
    const previous = {
      question: 'How long does a crossing last in summer?',
      quote: 'In summer a crossing lasts 35 minutes.',
    };
    const { quotes } = await library.ask('And in winter?', { previous });
    expect(quotes[0]?.text).toContain('50 minutes');
  });

  it('leaves out what was quoted when something else is wanted', async () => {
    const { library } = await libraryOf({ 'ferry.txt': ferry });
    const quote = 'In summer a crossing lasts 35 minutes.';
    const { quotes } = await library.ask('What else lasts as long as that crossing?', {
      previous: { question: 'What lasts 35 minutes?', quote },
      limit: 10,
    });
    expect(quotes.map(({ text }) => text)).not.toContain(quote);
    expect(quotes.length).toBeGreaterThan(0);
  });
});
