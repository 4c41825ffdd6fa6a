import { rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Library } from '../../src/answering/library.ts';
import { OperatorError } from '../../src/operator-error.ts';
import { libraryOf } from './fake-library.ts';

const ARTICLE = `Bridge opens in Lisk
Updated 10:00, 02-May-2020
Harbour Post
The Republic of Lisk (ROL) opened its first bridge on Monday.
"It is long. It is wide," the mayor said.
The bridge cost $40 million and has two lanes.`;

describe('a library of seeds', () => {
  /** Every way in which words of an article leave the library. */
  const waysOut: readonly [string, (library: Library) => Promise<unknown>][] = [
    ['an answer', (library) => library.ask('What did the bridge cost?')],
    ['a phrase that is found', (library) => library.find('two lanes')],
    ['a paragraph that is read', async (library) => library.read('bridge', 2)],
    ['an exact quote', async (library) => library.verify('The bridge cost $40 million')],
    ['an altered quote', async (library) => library.verify('The bridge cost $50 million and has two lanes')],
    [
      'a stitched quote',
      async (library) =>
        library.verify('opened its first bridge on Monday cost $40 million and has two lanes'),
    ],
  ];

  it.each(waysOut)('refuses %s when the file has changed since it was indexed', async (way, show) => {
    const { folder, library } = await libraryOf({
      'bridge.txt': ARTICLE,
      'tunnel.txt': 'The tunnel is dry.',
    });
    const file = path.join(folder, 'bridge.txt');
    const { atime, mtime } = await stat(file);
    const before = JSON.stringify(await show(library));
    expect(before).toContain('bridge');
    const [kind] = /(?<=^an? )(exact|altered|stitched)/.exec(way) ?? [];
    if (kind !== undefined) expect(before).toContain(`"verdict":"${kind}"`);
    // Another sum of the same length, and the file's old time on it.
    await writeFile(file, ARTICLE.replace('$40', '$90'));
    await utimes(file, atime, mtime);
    await expect(show(library)).rejects.toThrow(/^\S*bridge.txt has changed .* run: npm run embed$/);
    await rm(file);
    await expect(show(library)).rejects.toThrow(OperatorError);
    await writeFile(file, ARTICLE);
    expect(JSON.stringify(await show(library)).length).toBeGreaterThan(0);
  });

  it('shows the other articles when one has changed', async () => {
    const { folder, library } = await libraryOf({
      'bridge.txt': ARTICLE,
      'tunnel.txt': 'The tunnel is dry.',
    });
    await writeFile(path.join(folder, 'bridge.txt'), 'Changed.');
    expect(library.verify('The tunnel is dry').verdict).toBe('exact');
    expect(library.read('tunnel', 1)[0]?.text).toBe('The tunnel is dry.');
  });

  it('names the seeds there are when asked for one that is not there', async () => {
    const { library } = await libraryOf({ 'bridge.txt': ARTICLE });
    await expect(library.ask('What?', { seed: 'tunnel' })).rejects.toThrow(
      'seed tunnel does not exist; the seeds are: bridge',
    );
    await expect(library.ask('What?', { seed: 'a\r\n\u202eb' })).rejects.toThrow(
      'seed a\\u{d}\\u{a}\\u{202e}b does not exist; the seeds are: bridge',
    );
  });

  it('looks only into the seed that is named', async () => {
    const { library } = await libraryOf({
      'bridge.txt': ARTICLE,
      'tunnel.txt': 'The tunnel cost $9 million.',
    });
    const { quotes } = await library.ask('What did the bridge cost?', { seed: 'tunnel' });
    expect(quotes.map(({ seed }) => seed)).toEqual(['tunnel']);
  });

  it('answers questions that are asked at once as if each were the only one', async () => {
    const { library } = await libraryOf({
      'bridge.txt': ARTICLE,
      'tunnel.txt': 'The tunnel is dry. A lamp hangs in the tunnel. The mayor has a boat.',
    });
    const questions = [
      'What did the bridge cost?',
      'Who has a boat?',
      'Is the tunnel dry?',
      'Where is the lamp?',
    ];
    const answered = async (question: string) => {
      const { timings: _, ...answer } = await library.ask(question);
      return answer;
    };
    const alone = [];
    for (const question of questions) alone.push(await answered(question));
    expect(await Promise.all(questions.map(answered))).toEqual(alone);
  });

  it('answers of which of many articles a question speaks, and of none for sure when it does not say', async () => {
    const tunnel = 'Tunnel closes in Lisk\nUpdated 11:00, 03-May-2021\nTunnel News\nThe tunnel is dry.';
    const { library } = await libraryOf({ 'bridge.txt': ARTICLE, 'tunnel.txt': tunnel });
    const named = await library.ask('When was the story about the tunnel updated?');
    expect([named.outcome, named.quotes[0]?.text]).toEqual(['answered', 'Updated 11:00, 03-May-2021']);
    const unnamed = await library.ask('When was this updated?');
    expect(unnamed.outcome).toBe('related');
    expect(unnamed.quotes.slice(0, 2).map(({ kind }) => kind)).toEqual(['dateline', 'dateline']);
    const after = { question: 'Is the tunnel dry?', quote: 'The tunnel is dry.' };
    const followUp = await library.ask('When was this updated?', { previous: after });
    expect([followUp.outcome, followUp.quotes[0]?.seed]).toEqual(['answered', 'tunnel']);
    expect((await library.ask('When was the story about penguins updated?')).outcome).not.toBe('answered');
  });

  it('says what initials stand for by the sentence that gives the name', async () => {
    const text = 'RAS keeps the deposits.\n\nThe Return Agency of Slovenia (RAS) is in Kranj.';
    const { library } = await libraryOf({ 'ras.txt': text });
    for (const question of ['What is RAS?', 'What does RAS stand for?']) {
      const { outcome, quotes } = await library.ask(question);
      expect([outcome, quotes[0]?.text]).toEqual([
        'answered',
        'The Return Agency of Slovenia (RAS) is in Kranj.',
      ]);
    }
    expect((await library.ask('What does RAS pay for deposits?')).confidence).not.toBe(0.8);
  });

  it('answers questions about the article from its own lines', async () => {
    const { library } = await libraryOf({ 'bridge.txt': ARTICLE });
    expect((await library.ask('When was this article updated?')).quotes[0]?.text).toBe(
      'Updated 10:00, 02-May-2020',
    );
    expect((await library.ask('Which outlet published this?')).quotes[0]?.text).toBe('Harbour Post');
    expect((await library.ask('What is the headline?')).quotes[0]?.text).toBe('Bridge opens in Lisk');
  });

  it('searches by the alias that the text defines', async () => {
    const { library } = await libraryOf({ 'bridge.txt': ARTICLE });
    const { quotes } = await library.ask('When did the ROL open it?');
    expect(quotes[0]?.text).toContain('The Republic of Lisk (ROL)');
    expect(quotes[0]?.evidence.words).toContain('ROL');
  });

  it('quotes speech whole when it runs over two sentences', async () => {
    const { library } = await libraryOf({ 'bridge.txt': ARTICLE });
    const { quotes } = await library.ask('Is it wide, did the mayor say?');
    expect(quotes[0]?.text).toBe('"It is long. It is wide," the mayor said.');
  });

  it('gives the sum as the answer when the quote holds just one', async () => {
    const { library } = await libraryOf({ 'bridge.txt': ARTICLE });
    const answer = await library.ask('How much did the bridge cost?');
    expect(answer.quotes[0]?.text).toBe('The bridge cost $40 million and has two lanes.');
    if (answer.outcome === 'answered') expect(answer.answer).toBe('$40 million');
  });

  it('reads a follow-up with the question before it, and says so', async () => {
    const { library } = await libraryOf({ 'bridge.txt': ARTICLE });
    const previous = { question: 'Who opened the bridge in Lisk?', quote: null };
    const answer = await library.ask('When was that?', { previous });
    expect(answer.readAs).toBe('When was that? (opened bridge Lisk)');
    expect(
      (await library.ask('What did the mayor of Lisk say about the bridge?', { previous })).readAs,
    ).toBeNull();
  });

  it('finds a phrase word for word before anything by meaning', async () => {
    const { library } = await libraryOf({ 'bridge.txt': ARTICLE });
    const found = await library.find('first BRIDGE');
    expect(found.count).toBe(1);
    expect(found.exact[0]?.text).toBe('The Republic of Lisk (ROL) opened its first bridge on Monday.');
    expect(found.byMeaning.map(({ start }) => start)).not.toContain(found.exact[0]?.start);
  });

  it('answers a question of only emoji with the nearest passages', async () => {
    const { library } = await libraryOf({ 'bridge.txt': ARTICLE });
    const { outcome, quotes } = await library.ask('🤝🤝');
    expect(outcome).not.toBe('answered');
    expect(quotes.length).toBeGreaterThan(0);
  });
});
