import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { libraryOf } from './fake-library.ts';

const CORPORA = 250;
const QUESTIONS = 40;

const word = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('Kaesong', 'office', 'opened', 'on', 'Friday', 'the', '24', 'U.S.'),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '“Yes.',
      'No.”',
      '@everyone',
      '**',
      '`',
      '한국',
      '🤝',
      '\u202e',
      'x'.repeat(400),
    ),
  },
);
const line = fc.array(word, { minLength: 1, maxLength: 30 }).map((words) => words.join(' '));
const seed = fc.array(line, { minLength: 1, maxLength: 12 }).map((lines) => `Office. ${lines.join('\n')}`);
const question = fc.array(word, { minLength: 1, maxLength: 10 }).map((words) => words.join(' '));

describe('a quote is a span', () => {
  it(`is byte-identical with its file over ${CORPORA * QUESTIONS} random seeds and questions`, async () => {
    const corpora = fc.tuple(
      fc.array(seed, { minLength: 1, maxLength: 3 }),
      fc.array(question, { minLength: QUESTIONS, maxLength: QUESTIONS }),
    );
    let answers = 0;
    await fc.assert(
      fc.asyncProperty(corpora, async ([texts, questions]) => {
        const named = Object.fromEntries(texts.map((text, i) => [`s${i}.txt`, text.replaceAll('\0', '')]));
        const { folder, library } = await libraryOf(named);
        for (const asked of questions) {
          const { quotes, span, confidence } = await library.ask(asked);
          answers++;
          expect(quotes.length).toBeGreaterThan(0);
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
          for (const quote of quotes) {
            const file = await readFile(path.join(folder, path.basename(quote.path)));
            const shown = new TextDecoder('utf-8', { ignoreBOM: true }).decode(file);
            expect(quote.text).toBe(shown.slice(quote.start, quote.end));
            expect(quote.text.isWellFormed()).toBe(true);
            expect(quote.kind).not.toBe('noise');
          }
          const [first] = quotes;
          if (span !== null && first !== undefined) {
            expect(span.start).toBeGreaterThanOrEqual(first.start);
            expect(span.end).toBeLessThanOrEqual(first.end);
          }
        }
        await rm(folder, { recursive: true });
      }),
      { numRuns: CORPORA },
    );
    expect(answers).toBeGreaterThanOrEqual(CORPORA * QUESTIONS);
  }, 240_000);
});
