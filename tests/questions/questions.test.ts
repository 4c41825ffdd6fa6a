import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

/** The one seed that is not kept beside its questions: the project's own article. */
const PROJECT_SEED = 'inter-korean-liaison-office';

/** Fewest cases per file: the sum is what makes `npm run eval` worth reading. */
const MIN_CASES: Readonly<Record<string, number>> = {
  [PROJECT_SEED]: 80,
  'vellmar-sound-ferry': 60,
  'tarnbeck-library-vote': 40,
};

const KINDS = [
  'direct',
  'paraphrase',
  'alias',
  'noisy',
  'caption',
  'about',
  'near-miss',
  'off-topic',
  'injection',
  'follow-up',
] as const;

const text = z.string().trim().min(1);

const CaseSchema = z.strictObject({
  question: text,
  kind: z.enum(KINDS),
  /** `refused`: *related* and *not-in-sources* are both right, *answered* is wrong. */
  outcome: z.enum(['answered', 'related', 'not-in-sources', 'refused']),
  /** Verbatim words that the first quote must contain. */
  quote: text.optional(),
  /** In place of `quote`: several sentences are right, and the first quote must contain one of these. */
  quotes: z.array(text).min(2).optional(),
  /** A short verbatim span that answers by itself. */
  answer: text.optional(),
  /** The question before a follow-up. */
  after: text.optional(),
  why: text,
});

const FileSchema = z.strictObject({ seed: text, cases: z.array(CaseSchema) });

type Case = z.infer<typeof CaseSchema>;

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8');
}

const files = readdirSync(new URL('.', import.meta.url))
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, ...FileSchema.parse(JSON.parse(read(name))) }));

/** Each of a seed's lines that is not blank, once: what is pasted twice is quoted once. */
function linesOf(seed: string): string[] {
  const own = readdirSync(new URL('seeds/', import.meta.url)).filter((name) => !name.endsWith('.json'));
  const path =
    seed === PROJECT_SEED
      ? `../../seeds/${seed}.txt`
      : `seeds/${own.find((name) => name.replace(/\.\w+$/, '') === seed) ?? seed}`;
  const lines = read(path)
    .split('\n')
    .map((line) => line.trim());
  return [...new Set(lines)].filter((line) => line !== '');
}

function quotesOf({ quote, quotes }: Case): string[] {
  return quotes ?? (quote === undefined ? [] : [quote]);
}

const kindsIn = (cases: readonly Case[], kind: Case['kind']) =>
  cases.filter((one) => one.kind === kind).length;

test('there is one file of questions per seed, named after it', () => {
  expect(files.map(({ name }) => name).sort()).toEqual(
    Object.keys(MIN_CASES)
      .map((seed) => `${seed}.json`)
      .sort(),
  );
  for (const { name, seed } of files) expect(name).toBe(`${seed}.json`);
});

describe.each(files)('$name', ({ seed, cases }) => {
  const lines = linesOf(seed);
  const quotable = lines.join('\n');

  test('has enough cases, about a quarter of them without an answer', () => {
    expect(cases.length).toBeGreaterThanOrEqual(MIN_CASES[seed] ?? 0);
    const unanswered = cases.filter(({ outcome }) => outcome !== 'answered').length;
    expect(unanswered / cases.length).toBeGreaterThan(0.2);
    expect(unanswered / cases.length).toBeLessThan(0.35);
  });

  test('asks each question once; a follow-up may be worded like another after another question', () => {
    const asked = cases.map(({ question, after }) => `${after ?? ''}\n${question}`.toLowerCase());
    expect(asked).toEqual([...new Set(asked)]);
  });

  test.each(cases)('$kind: $question', (one) => {
    const quotes = quotesOf(one);
    expect(one.quote !== undefined && one.quotes !== undefined, 'quote and quotes').toBe(false);
    expect(quotes.length > 0, 'a quote exactly where there is an answer').toBe(one.outcome === 'answered');
    expect(one.after !== undefined, 'the question before, for follow-ups only').toBe(
      one.kind === 'follow-up',
    );

    for (const quote of quotes) expect(quotable.split(quote).length - 1, `copies of: ${quote}`).toBe(1);

    if (one.answer !== undefined) {
      const { answer } = one;
      const around = lines.filter((line) => quotes.some((quote) => line.includes(quote)));
      expect(
        around.some((line) => line.includes(answer)),
        `"${answer}" beside its quote`,
      ).toBe(true);
    }

    if (one.kind === 'off-topic') expect(one.outcome).toBe('not-in-sources');
    if (one.kind === 'near-miss') expect(one.outcome).toBe('refused');
    expect(one.why).toMatch(/[.?]$/);
  });
});

test('every kind is well represented, and there are at least 150 cases', () => {
  const all = files.flatMap(({ cases }) => cases);
  expect(all.length).toBeGreaterThanOrEqual(150);
  for (const kind of KINDS) expect(kindsIn(all, kind), kind).toBeGreaterThanOrEqual(10);
});

test("every line of the project's own article is asked about, its tag and its video's length apart", () => {
  const quotes = files
    .filter(({ seed }) => seed === PROJECT_SEED)
    .flatMap(({ cases }) => cases.flatMap(quotesOf));
  const unasked = linesOf(PROJECT_SEED).filter((line) => !quotes.some((quote) => line.includes(quote)));
  expect(unasked).toEqual(['["china"]', '00:42']);
});
