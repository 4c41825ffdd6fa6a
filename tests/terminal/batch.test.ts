import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { OperatorError } from '../../src/operator-error.ts';
import { answerBatch } from '../../src/terminal/batch.ts';
import { answerOf, fakeLibrary, quoteFrom, seedOf } from './fake-library.ts';

const FERRY = seedOf('ferry', 'Ferry returns\n\nThe ferry sails every hour from the old quay.');
const OTHER = seedOf('other', 'Another article\n\nIt says something else entirely.');
const library = () =>
  fakeLibrary([FERRY, OTHER], (question) => answerOf(question, [quoteFrom(FERRY, 'every hour')]));

async function answers(input: string, seed?: string, asked = library()) {
  const output = new PassThrough();
  const out = text(output);
  await answerBatch(asked, Readable.from([Buffer.from(input)]), output, seed);
  output.end();
  const lines = (await out).split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => JSON.parse(line));
}

describe('a batch', () => {
  it('answers each line by one object, in order', async () => {
    const [first, second, ...more] = await answers(
      '\ufeffHow often?\r\n{"question": "From where?", "seed": "ferry"}\r\n',
    );
    expect(first).toMatchObject({
      question: 'How often?',
      outcome: 'answered',
      quotes: [{ text: 'every hour' }],
    });
    expect(second).toMatchObject({ question: 'From where?', outcome: 'answered' });
    expect(more).toEqual([]);
  });

  it('gives the keys of the contract first, in its order', async () => {
    const [answer] = await answers('How often?');
    expect(Object.keys(answer).slice(0, 6)).toEqual([
      'question',
      'outcome',
      'confidence',
      'answer',
      'quotes',
      'timings',
    ]);
    expect(Object.keys(answer.quotes[0]).slice(0, 12)).toEqual([
      'text',
      'seed',
      'path',
      'title',
      'publisher',
      'updated',
      'url',
      'kind',
      'paragraph',
      'start',
      'end',
      'score',
    ]);
  });

  it('says in its place why a line cannot be answered, and goes on', async () => {
    const lines = [
      '',
      '{"question": ',
      '{"q": 1}',
      '{"question": "", "seed": "ferry"}',
      '{"question": "a", "seed": "no"}',
      '[1]',
    ];
    const [empty, broken, foreign, nothing, nowhere, plain] = await answers(lines.join('\n'));
    expect(empty).toEqual({ question: '', error: 'the question is empty; put some words in' });
    expect(broken).toEqual({
      question: '{"question": ',
      error: expect.stringMatching(/^the line opens like JSON/),
    });
    expect(foreign).toEqual({
      question: '{"q": 1}',
      error: expect.stringMatching(/^the line is JSON, but not/),
    });
    expect(nothing).toEqual({ question: '', error: 'the question is empty; put some words in' });
    expect(nowhere).toEqual({ question: 'a', error: 'seed no does not exist' });
    expect(plain.outcome).toBe('answered');
  });

  it('says so of a question or a line that is too long', async () => {
    const [long, endless, next] = await answers(
      `${'x'.repeat(2001)}\n{"question": "${'x'.repeat(70_000)}"}\nNext?`,
    );
    expect(long.error).toBe('the question is longer than 2000 characters; shorten it');
    expect(endless.error).toBe('the line is longer than 65536 characters');
    expect(next.question).toBe('Next?');
  });

  it('gives the question back as it came', async () => {
    expect((await answers('  How often?  '))[0].question).toBe('  How often?  ');
  });

  it('looks into one article for lines that name none, and refuses one that is not there', async () => {
    const asked = library();
    await answers('How often?\n{"question": "And?", "seed": "other"}', 'ferry', asked);
    expect(asked.asked.map(({ options }) => options.seed)).toEqual(['ferry', 'other']);
    await expect(answers('How often?', 'no')).rejects.toThrow(OperatorError);
  });

  it('waits while its output is full', async () => {
    const asked = library();
    const output = new PassThrough({ highWaterMark: 1 });
    const done = answerBatch(asked, Readable.from([Buffer.from('One?\nTwo?\nThree?\n')]), output, undefined);
    while (asked.asked.length === 0) await new Promise(setImmediate);
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    expect(asked.asked).toHaveLength(1);
    output.resume();
    await done;
    expect(asked.asked).toHaveLength(3);
  });
});
