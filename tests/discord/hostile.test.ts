import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, Quote } from '../../src/answering/answer.ts';
import type { Library } from '../../src/answering/library.ts';
import { paragraphChoices, questionChoices, seedChoices } from '../../src/discord/commands/choices.ts';
import { readCustomId, writeCustomId } from '../../src/discord/custom-ids.ts';
import { editForm, pasteForm } from '../../src/discord/forms.ts';
import { MAX_ASKED_UNITS, MAX_CHOICE_UNITS, MAX_CHOICES } from '../../src/discord/limits.ts';
import { blockQuote, clip, inert, shown } from '../../src/discord/markdown.ts';
import { answerPage, moreQuotesPage, whyPage } from '../../src/discord/pages/answer.ts';
import { checkedPage } from '../../src/discord/pages/checked.ts';
import { foundPage } from '../../src/discord/pages/found.ts';
import { aboutPage, helpPage, invitationPage, seedsPage } from '../../src/discord/pages/lists.ts';
import { contextPage, paragraphPage } from '../../src/discord/pages/paragraphs.ts';
import { previewPage, removalPage } from '../../src/discord/pages/seed-changes.ts';
import { verdictPage } from '../../src/discord/pages/verdict.ts';
import { wordsFor } from '../../src/discord/words/words.ts';
import type { Seed } from '../../src/seeds/seed.ts';
import { render } from './discord-markdown.ts';
import { hostileText } from './hostile-text.ts';
import { check } from './page-check.ts';
import { checkModal, type ModalBody } from './stand-in/command-limits.ts';

const LOCALES = ['en-US', 'ko', 'zh-CN', 'ja'];

/** A text and a span of it that cuts no surrogate pair. */
const withSpan = fc.tuple(hostileText, fc.nat(), fc.nat()).map(([text, a, b]) => {
  const cuts = [0];
  for (const character of text) cuts.push((cuts.at(-1) ?? 0) + character.length);
  const [start = 0, end = 0] = [cuts[a % cuts.length] ?? 0, cuts[b % cuts.length] ?? 0].sort((x, y) => x - y);
  return { text, span: { start, end } };
});

describe('an inert text', () => {
  it('is shown as it is, and nothing comes of it', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(render(inert(text))).toEqual({ text, constructs: [] });
        expect(shown(inert(text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it('stays so in a block quote, whatever is bold in it', () => {
    fc.assert(
      fc.property(withSpan, ({ text, span }) => {
        const quote = blockQuote(text, span);
        expect(quote.startsWith('>>> ')).toBe(true);
        const { text: seen, constructs } = render(quote.slice(4));
        expect(seen).toBe(text);
        expect(constructs.every(({ kind }) => kind === 'bold')).toBe(true);
        const bold = constructs.map((each) => each.text);
        expect([[], [text.slice(span.start, span.end)]]).toContainEqual(bold);
      }),
      { numRuns: 2000 },
    );
  });

  it('is clipped on one line without cutting a character in two', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 2, max: 50 }), (text, most) => {
        const clipped = clip(text, most);
        expect(clipped.length).toBeLessThanOrEqual(most);
        expect(clipped.isWellFormed()).toBe(true);
        expect(clipped).not.toContain('\n');
      }),
    );
  });
});

/** A seed of these paragraphs, one block each. */
function seedOf(paragraphs: readonly string[], title: string): Seed {
  const blocks: Seed['blocks'][number][] = [];
  let text = '';
  for (const [index, paragraph] of paragraphs.entries()) {
    const start = text.length;
    text += `${paragraph}\n\n`;
    const end = start + paragraph.length;
    blocks.push({ kind: 'body', paragraph: index + 1, repeated: false, level: 0, start, end });
  }
  const about = { title, publisher: title, updated: '2024-03-05T22:48', url: `https://a.b/(${title})` };
  const lists = { aliases: [], examples: [title] };
  return {
    id: 'hostile',
    path: 'seeds/hostile.txt',
    text,
    digest: 'ab'.repeat(32),
    blocks,
    ...about,
    ...lists,
  };
}

function quotesOf(seed: Seed): Quote[] {
  const { id, path, title, publisher, updated, url } = seed;
  return seed.blocks.map(({ start, end, kind, paragraph }) => ({
    ...{ seed: id, path, title, publisher, updated, url, kind, paragraph, start, end, score: 0.5 },
    text: seed.text.slice(start, end),
    evidence: { words: [title], cosine: 0.4 },
  }));
}

const library = fc
  .record({
    paragraphs: fc.array(fc.tuple(hostileText, fc.integer({ min: 1, max: 60 })), {
      minLength: 1,
      maxLength: 10,
    }),
    title: hostileText.map((title) => `${title}.`),
    question: fc.tuple(hostileText, fc.integer({ min: 1, max: 30 })),
    locale: fc.constantFrom(...LOCALES),
  })
  .map(({ paragraphs, title, question, locale }) => {
    const texts = paragraphs.map(([text, times]) => text.repeat(times).trim() || 'x');
    const [asked, times] = question;
    return {
      seed: seedOf(texts, title),
      question: asked.repeat(times).slice(0, MAX_ASKED_UNITS).toWellFormed(),
      words: wordsFor(locale),
    };
  });

describe('a page of hostile texts', () => {
  it('breaks no limit, pings nobody, and quotes to the letter', () => {
    fc.assert(
      fc.property(library, fc.boolean(), ({ seed, question, words }, mayAttach) => {
        const quotes = quotesOf(seed);
        const answer: Answer = {
          ...{ question, readAs: question, notice: null, outcome: 'answered', confidence: 0.5, quotes },
          ...{ span: seed.blocks[0] ?? null, answer: quotes[0]?.text ?? null },
          timings: { embedMs: 0, searchMs: 0, totalMs: 0 },
        };
        const view = { words, seeds: [seed], asker: '1'.repeat(20), only: '', hidden: true, mayAttach };
        check(answerPage(answer, view), seed);
        check(moreQuotesPage(answer, 2, view), seed);
        check(whyPage(answer, view), seed);
        const found = { phrase: question, count: 99, exact: quotes, byMeaning: quotes };
        check(foundPage(found, 'exact', 1, view), seed);
        const paragraphs = seed.blocks.map((block) => {
          return { ...block, seed, text: seed.text.slice(block.start, block.end) };
        });
        check(paragraphPage(paragraphs.slice(0, 1), seed, 1, view), seed);
        const quote = seed.blocks[0] ?? { start: 0, end: 1 };
        check(contextPage(paragraphs.slice(0, 3), seed, quote, { centre: 1, shift: 0 }, view), seed);
        const places = seed.blocks.map((block) => ({ ...block, seed }));
        check(verdictPage(question, { verdict: 'exact', places, omission: null }, view), seed);
        check(verdictPage(question, { verdict: 'stitched', pieces: places }, view), seed);
        const [place] = places;
        if (place === undefined) return;
        const changes = quotes.map(({ text }) => ({ from: text, to: question }));
        const altered = { verdict: 'altered', place, parts: [], changes, similarity: 0.8 } as const;
        check(verdictPage(question, altered, view), seed);
        const parts = quotes.flatMap(({ text }) => [
          { kind: 'same', text: seed.title.slice(0, 20) } as const,
          { kind: 'removed', text: text.slice(0, 20) } as const,
          { kind: 'added', text: question.slice(0, 20) } as const,
        ]);
        check(verdictPage(question, { ...altered, parts }, view), seed);
      }),
      { numRuns: 300 },
    );
  });

  it('lists and checks them the same way', () => {
    fc.assert(
      fc.property(library, fc.boolean(), ({ seed, question, words }, mayAttach) => {
        const index = {
          ...{
            generation: 'one',
            builtAt: '2024-03-05T22:48:00.000Z',
            sentences: 1,
            passages: 1,
            model: question,
          },
          sentencesBySeed: new Map([[seed.id, 1]]),
        };
        const seeds = Array.from({ length: 60 }, (_, number) => ({ ...seed, id: `${number} ${question}` }));
        const open = { seeds, index } as unknown as Library;
        check(seedsPage(open, words), seed);
        check(aboutPage(open, '1.0.0', words), seed);
        check(helpPage(open, words, { administer: true, changeSeeds: true }), seed);
        check(invitationPage(open, words), seed);
        const checked = quotesOf(seed).map((place, number) => {
          const outcome = (['supported', 'related', 'not-mentioned'] as const)[number % 3] ?? 'related';
          return { sentence: question, outcome, place: outcome === 'not-mentioned' ? null : place };
        });
        check(checkedPage({ checked, all: 99 }, { words, seeds: [seed], mayAttach }), seed);
      }),
      { numRuns: 200 },
    );
  });

  it('previews an article, asks whether to remove it, and lets it be edited the same way', () => {
    const kinds = ['headline', 'dateline', 'body', 'caption', 'credit', 'noise'] as const;
    fc.assert(
      fc.property(library, ({ seed, question, words }) => {
        const blocks = seed.blocks.map((block, at) => {
          const kind = kinds[at % kinds.length] ?? 'body';
          return { ...block, kind, paragraph: kind === 'noise' ? 0 : block.paragraph };
        });
        const read = { ...seed, blocks, id: 'a-name', aliases: [[question, seed.title]] };
        const counts = { headline: 1, dateline: 0, body: 999, caption: 2, credit: 1, noise: 5 };
        const samples = quotesOf(seed)
          .slice(0, 3)
          .map(({ text }) => ({
            question: question.slice(0, 300),
            quote: text.slice(0, 400).toWellFormed(),
          }));
        const seen = { blocks: counts, sentences: 1, passages: 99, samples, beginningOnly: true };
        check(previewPage(read, seen, 'ab'.repeat(6), words), {
          ...seed,
          text: samples.map(({ quote }) => quote).join(),
        });
        check(removalPage(read, 'ab'.repeat(6), words), seed);
        expect(() => checkModal(editForm(read, words) as unknown as ModalBody)).not.toThrow();
        expect(() => checkModal(pasteForm(words) as unknown as ModalBody)).not.toThrow();
      }),
      { numRuns: 200 },
    );
  });

  it('drops a quote that is too long whole, and puts it to the letter into the file', () => {
    const seed = seedOf(['short.', 'long '.repeat(2000).trim(), 'end.'], 'A title');
    const quotes = quotesOf(seed);
    const answer: Answer = {
      ...{ question: 'what?', readAs: null, notice: null, outcome: 'related', confidence: 0.1, quotes },
      ...{ span: null, answer: null, timings: { embedMs: 0, searchMs: 0, totalMs: 0 } },
    };
    const view = {
      words: wordsFor('en-US'),
      seeds: [seed],
      asker: '1',
      only: '',
      hidden: false,
      mayAttach: true,
    };
    const page = answerPage(answer, view);
    const file = page.files[0]?.attachment.toString() ?? '';
    expect(file).toContain(quotes[1]?.text);
    expect(file).toContain(`${seed.path} ${quotes[1]?.start}–${quotes[1]?.end}`);
    expect(file).not.toContain('short.');
    expect(answerPage(answer, { ...view, mayAttach: false }).files).toEqual([]);
  });
});

describe('what is offered while one types', () => {
  it('keeps within the limits, and comes back as it was', () => {
    fc.assert(
      fc.property(library, hostileText, ({ seed, question }, typed) => {
        const seeds = Array.from({ length: 60 }, (_, number) => ({ ...seed, id: `${number} ${question}` }));
        const offered = [
          seedChoices(seeds, typed),
          seedChoices(seeds, ''),
          questionChoices(seeds, ''),
          paragraphChoices(seed, typed),
          paragraphChoices(seed, ''),
        ];
        for (const choices of offered) {
          expect(choices.length).toBeLessThanOrEqual(MAX_CHOICES);
          for (const { name, value } of choices) {
            expect(name.trim()).not.toBe('');
            expect(name.length).toBeLessThanOrEqual(MAX_CHOICE_UNITS);
            expect(String(value).length).toBeLessThanOrEqual(MAX_CHOICE_UNITS);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('a custom id', () => {
  it('keeps all it says within 100 characters', () => {
    const span = { start: 999_999_998, end: 999_999_999 };
    for (const press of [
      { does: 'around', seed: 'ab'.repeat(6), span, shift: -99_999 },
      { does: 'share', seed: 'ab'.repeat(6), print: 'cd'.repeat(6) },
      { does: 'find', mode: 'meaning', page: 9999, seed: '' },
      { does: 'quotes', page: 3, seed: '' },
      { does: 'dismiss', asker: '1'.repeat(20) },
      { does: 'example', seed: 'ab'.repeat(6), number: 9999 },
      { does: 'change', step: 'discard', key: 'ab'.repeat(6) },
    ] as const) {
      expect(readCustomId(writeCustomId(press))).toEqual(press);
    }
  });

  it('that nobody wrote says nothing', () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        const read = readCustomId(id);
        expect(read === null || writeCustomId(read).length <= 100).toBe(true);
      }),
    );
  });
});
