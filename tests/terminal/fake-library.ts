import type { Answer, Quote } from '../../src/answering/answer.ts';
import type { AskOptions, Library } from '../../src/answering/library.ts';
import { verifyQuote } from '../../src/answering/verify.ts';
import { OperatorError } from '../../src/operator-error.ts';
import { parseSeedText } from '../../src/seeds/parse.ts';
import type { Seed } from '../../src/seeds/seed.ts';

/** A seed as the loader would make it. */
export function seedOf(id: string, text: string, metadata: Partial<Seed> = {}): Seed {
  const parsed = parseSeedText(text, 'text');
  const { blocks, publisher, updated, url } = parsed;
  const title = parsed.title ?? id;
  const path = `seeds/${id}.txt`;
  const unknown = { aliases: [], examples: [], digest: '' };
  return { id, path, text, blocks, title, publisher, updated, url, ...unknown, ...metadata };
}

/** The quote of words that stand in a seed. */
export function quoteFrom(seed: Seed, words: string): Quote {
  const start = seed.text.indexOf(words);
  const end = start + words.length;
  const block = seed.blocks.find((one) => one.start <= start && end <= one.end);
  if (start === -1 || block === undefined) throw new Error(`not in ${seed.id}: ${words}`);
  const { id, path, title, publisher, updated, url } = seed;
  const { kind, paragraph } = block;
  const evidence = { words: [], cosine: 0.5 };
  return {
    text: words,
    seed: id,
    path,
    title,
    publisher,
    updated,
    url,
    kind,
    paragraph,
    start,
    end,
    score: 1,
    evidence,
  };
}

/** An answer that holds the quotes, and `short` as its span when that stands in the first of them. */
export function answerOf(question: string, quotes: readonly Quote[], more: Partial<Answer> = {}): Answer {
  const timings = { embedMs: 1, searchMs: 1, totalMs: 2 };
  const short = more.answer ?? null;
  const [first] = quotes;
  const at = first === undefined || short === null ? -1 : first.start + first.text.indexOf(short);
  return {
    question,
    readAs: null,
    notice: null,
    outcome: 'answered',
    confidence: 0.876,
    answer: null,
    quotes,
    timings,
    span: short === null ? null : { start: at, end: at + short.length },
    ...more,
  };
}

/** A library that answers what a test tells it to, and remembers how it was asked. */
export function fakeLibrary(
  seeds: readonly Seed[],
  answer: (question: string, options: AskOptions) => Answer,
): Library & { readonly asked: { question: string; options: AskOptions }[] } {
  const asked: { question: string; options: AskOptions }[] = [];
  const known = (id: string) => {
    const seed = seeds.find((one) => one.id === id);
    if (seed === undefined) throw new OperatorError(`seed ${id} does not exist`);
    return seed;
  };
  return {
    asked,
    seeds,
    index: {
      generation: '000001',
      builtAt: '2026-01-01T00:00:00Z',
      sentences: 3,
      passages: 3,
      model: 'fake',
      sentencesBySeed: new Map(seeds.map(({ id }) => [id, 3])),
    },
    async ask(question, options = {}) {
      if (options.seed !== undefined) known(options.seed);
      asked.push({ question, options });
      return answer(question, options);
    },
    async find(phrase) {
      const exact = seeds.flatMap((seed) => (seed.text.includes(phrase) ? [quoteFrom(seed, phrase)] : []));
      return { phrase, count: exact.length, exact, byMeaning: [] };
    },
    read(id, paragraph, around = 0) {
      const seed = known(id);
      return seed.blocks
        .filter((block) => block.paragraph > 0 && Math.abs(block.paragraph - paragraph) <= around)
        .map(({ start, end, paragraph: number }) => {
          return { seed, paragraph: number, start, end, text: seed.text.slice(start, end) };
        });
    },
    verify: (claim) => verifyQuote(claim, seeds),
  };
}
