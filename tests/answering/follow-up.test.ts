import { describe, expect, it, test } from 'vitest';
import { leansOnPrevious, withContext } from '../../src/answering/follow-up.ts';
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
  const ferry = { question: 'How fast is the ferry Lisk Star?', quote: null };
  expect(withContext('And the other ferry?', ferry)).toBe('And the other ferry? (fast)');
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

  it('gives the same quote again when it has what is asked, under whatever name', async () => {
    const heads =
      'Ann Reed of the North Lisk Council (NLC) and Bo Sand of the South Lisk Council (SLC) lead it.';
    const { library } = await libraryOf({
      'heads.txt': `${heads}\n\nThe South Lisk Council was founded in 1990.`,
    });
    const previous = { question: 'Who leads it for the NLC?', quote: heads };
    const { quotes } = await library.ask('What about the SLC?', { previous });
    expect(quotes[0]?.text).toBe(heads);
  });

  it('reads "And …?" with the question before it, however well it fits something else', async () => {
    const boats = [
      'The Tern does not sail in winds above 45 knots.',
      'The Lady sails up to 38 knots of wind.',
    ];
    const { library } = await libraryOf({ 'f.txt': `${boats.join(' ')}\n\nThe other ferry was sold.` });
    const previous = { question: 'Above which wind does the Tern not sail?', quote: boats[0] ?? '' };
    const { readAs } = await library.ask('And the other ferry?', { previous });
    expect(readAs).toBe('And the other ferry? (wind sail)');
  });

  it('does not say again what was said when it asks on', async () => {
    const { library } = await libraryOf({
      'guests.txt':
        'Some guests were invited to Lisk.\n\nIt was the first time that guests had visited Lisk.',
    });
    const previous = { question: 'Were guests invited to Lisk?', quote: 'Some guests were invited to Lisk.' };
    const { quotes } = await library.ask('Had they been there before?', { previous });
    expect(quotes[0]?.text).toContain('first time');
  });

  it('leaves out what was quoted when something else is wanted', async () => {
    const { library } = await libraryOf({ 'ferry.txt': ferry });
    const quote = 'In summer a crossing lasts 35 minutes.';
    const { quotes } = await library.ask('What else lasts as long as that crossing?', {
      previous: { question: 'What lasts 35 minutes?', quote },
      limit: 10,
    });
    expect(quotes.map(({ text }) => text)).not.toContain(quote);
    expect(quotes[0]?.text).toContain('In winter');
  });
});
