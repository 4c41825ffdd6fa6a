import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Chunks, CountTokens } from '../../src/chunks/chunk.ts';
import { chunkSeed } from '../../src/chunks/chunk-seed.ts';
import type { Block, Seed } from '../../src/seeds/seed.ts';

/** Splits as BERT does: letters of a word by fours, each other sign alone, Hangul in its letters. */
const countTokens: CountTokens = (text) => {
  let pieces = 2;
  for (const [word] of text.normalize('NFD').matchAll(/[\p{L}\p{M}\p{N}]+|\S/gu)) {
    pieces += /^\p{ASCII}+$/u.test(word) ? Math.ceil(word.length / 4) : word.length;
  }
  return pieces;
};

/** A seed with one block a paragraph (parted by blank lines); `[kind]` before a paragraph sets its kind. */
function seedOf(text: string, kinds: Readonly<Record<number, Partial<Block>>> = {}): Seed {
  const blocks: Block[] = [];
  for (const { 0: paragraph, index } of text.matchAll(/\S(?:(?!\n\s*\n)[\s\S])*/gu)) {
    const span = { start: index, end: index + paragraph.trimEnd().length };
    const number = blocks.length + 1;
    blocks.push({
      ...span,
      kind: 'body',
      paragraph: number,
      repeated: false,
      level: 0,
      ...kinds[blocks.length],
    });
  }
  const metadata = { title: '', publisher: null, updated: null, url: null, aliases: [], examples: [] };
  return { ...metadata, id: 'seed', path: 'seeds/seed.txt', text, digest: '', blocks };
}

const textsOf = ({ seed, sentences }: Chunks) => sentences.map((s) => seed.text.slice(s.start, s.end));
const passageTexts = ({ seed, passages }: Chunks) => passages.map((p) => seed.text.slice(p.start, p.end));

function expectWhole(chunks: Chunks, maxTokens: number): void {
  const { seed, sentences, passages } = chunks;
  let next = 0;
  for (const [number, passage] of passages.entries()) {
    expect(passage.firstSentence).toBe(next);
    const own = sentences.slice(passage.firstSentence, passage.endSentence);
    expect(own.length).toBeGreaterThan(0);
    expect([own[0]?.start, own.at(-1)?.end]).toEqual([passage.start, passage.end]);
    expect(own.every((s) => s.passage === number && s.block === passage.block)).toBe(true);
    expect(countTokens(seed.text.slice(passage.start, passage.end))).toBeLessThanOrEqual(maxTokens);
    next = passage.endSentence;
  }
  expect(next).toBe(sentences.length);
  for (const [index, block] of seed.blocks.entries()) {
    let covered = block.start;
    for (const { start, end } of sentences.filter((s) => s.block === index)) {
      expect(start).toBeGreaterThanOrEqual(covered);
      expect(end).toBeGreaterThan(start);
      expect(seed.text.slice(covered, start).trim()).toBe('');
      covered = end;
      for (const at of [start, end]) {
        expect((seed.text.codePointAt(at - 1) ?? 0) > 0xffff).toBe(false);
      }
    }
    const quotable = block.kind !== 'noise' && !block.repeated;
    if (quotable) expect(seed.text.slice(covered, block.end).trim()).toBe('');
    else expect(covered).toBe(block.start);
  }
}

test('makes one passage of a short block and never joins two blocks', () => {
  const chunks = chunkSeed(seedOf('One is. Two is.\n\nThree is.'), countTokens, 64);
  expect(passageTexts(chunks)).toEqual(['One is. Two is.', 'Three is.']);
  expect(textsOf(chunks)).toEqual(['One is.', 'Two is.', 'Three is.']);
});

test('leaves out noise and repeated blocks', () => {
  const kinds: Record<number, Partial<Block>> = { 0: { kind: 'noise' }, 2: { repeated: true } };
  const chunks = chunkSeed(seedOf('00:42\n\nOne is.\n\nOne is.', kinds), countTokens, 64);
  expect(chunks.sentences).toEqual([{ start: 7, end: 14, block: 1, passage: 0 }]);
});

test('packs a long block greedily and evens out the last two passages', () => {
  const chunks = chunkSeed(seedOf('Aaa bbb ccc. '.repeat(11)), countTokens, 22);
  expect(chunks.passages.map((p) => p.endSentence - p.firstSentence)).toEqual([5, 3, 3]);
  expectWhole(chunks, 22);
});

describe('a sentence past the limit', () => {
  test('is cut where a clause ends', () => {
    const chunks = chunkSeed(seedOf('aaa bbb ccc ddd eee, fff ggg hhh iii.'), countTokens, 8);
    expect(textsOf(chunks)).toEqual(['aaa bbb ccc ddd eee,', 'fff ggg hhh iii.']);
  });

  test('else at white space', () => {
    const chunks = chunkSeed(seedOf('aaa bbb ccc ddd eee fff ggg hhh'), countTokens, 6);
    expect(textsOf(chunks)).toEqual(['aaa bbb ccc ddd', 'eee fff ggg hhh']);
  });

  test('else between code points', () => {
    const chunks = chunkSeed(seedOf('😀'.repeat(9)), countTokens, 6);
    expect(textsOf(chunks).join('')).toBe('😀'.repeat(9));
    expectWhole(chunks, 6);
  });
});

test('counts Hangul, whose syllables are several word pieces each', () => {
  const chunks = chunkSeed(seedOf('개성공단 남북공동연락사무소가 문을 열었다.'), countTokens, 24);
  expectWhole(chunks, 24);
});

test('cuts a word that a tokenizer takes for a single piece, however long', () => {
  const chunks = chunkSeed(seedOf('x'.repeat(1_000_000)), () => 3, 256);
  expect(Math.max(...chunks.sentences.map((s) => s.end - s.start))).toBeLessThanOrEqual(2560);
});

test('asks the tokenizer nothing for a short block, and little for a long one', () => {
  let asked = 0;
  let characters = 0;
  const counting: CountTokens = (text) => {
    asked++;
    characters += text.length;
    return countTokens(text);
  };
  chunkSeed(seedOf('One is. Two is.\n\n'.repeat(50)), counting, 256);
  expect(characters).toBe(0);
  asked = 0;
  const sentence = 'The liaison office was opened in the border town of Kaesong on Friday. ';
  const long = chunkSeed(seedOf(sentence.repeat(2_000)), counting, 256);
  expect(asked).toBeLessThan(long.passages.length * 4);
});

test('cuts the article about Kaesong at its sentences', () => {
  const text = readFileSync(new URL('../../seeds/inter-korean-liaison-office.txt', import.meta.url), 'utf8');
  const chunks = chunkSeed(seedOf(text.replace(/\n/gu, '\n\n')), countTokens, 256);
  expectWhole(chunks, 256);
  const sentences = textsOf(chunks);
  for (const sentence of [
    "Inter-Korean joint liaison office opens in DPRK's Kaesong",
    '"A new chapter in history is open here today," the ROK\'s unification minister Cho Myoung-gyon said at the ceremony.',
    'He said, "Two sides from today can have direct contact 24 hours a day and 365 days a year."',
    'Yonhap reported that the ROK will station around 20 officials there, while the DPRK will deploy 15-20 officials at the liaison office.',
    "The opening ceremony was attended by the ROK's officials and members of the parliament and academia.",
    'Among the people from the DPRK who joined the event is Ri Son Gwon, who has led high-level inter-Korean talks for months, according to the ministry.',
    'The co-heads will meet every week.',
    '(With inputs from agencies)',
  ]) {
    expect(sentences).toContain(sentence);
  }
});

test('takes a block of 200,000 short sentences', () => {
  const chunks = chunkSeed(seedOf('Ab it. '.repeat(200_000)), countTokens, 256);
  expect(chunks.sentences).toHaveLength(200_000);
});

const words = fc.constantFrom(
  'The',
  'word',
  'antidisestablishment',
  '한국',
  '😀😀',
  'é',
  'U.S.',
  '。',
  '"',
  '(',
  ',',
);
const gaps = fc.constantFrom(' ', '. ', '? ', '\n', '\n\n', '', '; ', '...');
const files = fc
  .array(fc.tuple(words, gaps), { maxLength: 120 })
  .map((parts) => parts.map(([word, gap]) => word + gap).join(''));

test('puts each quotable character into one sentence and one passage, none past the limit', () => {
  fc.assert(
    fc.property(files, fc.integer({ min: 5, max: 60 }), (text, maxTokens) => {
      expectWhole(chunkSeed(seedOf(text), countTokens, maxTokens), maxTokens);
    }),
    { numRuns: 500 },
  );
});
