import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifyQuote } from '../../src/answering/verify.ts';
import type { Seed } from '../../src/seeds/seed.ts';
import { KAESONG, seedOfLines, shown } from './seed-of-lines.ts';

function verify<V extends string>(verdict: V, claim: string, seeds: readonly Seed[] = [KAESONG]) {
  const found = verifyQuote(claim, seeds);
  if (found.verdict !== verdict) throw new Error(`${found.verdict}, not ${verdict}: ${claim}`);
  return found as Extract<typeof found, { verdict: V }>;
}

describe('a claim is exact', () => {
  it('with every place where it stands', () => {
    const seeds = [seedOfLines('b', 'The co-heads will meet every week.'), KAESONG];
    const { places, omission } = verify('exact', 'The co-heads will meet every week.', seeds);
    expect(omission).toBeNull();
    expect(places.map(({ seed, paragraph }) => [seed.id, paragraph])).toEqual([
      ['b', 1],
      ['inter-korean-liaison-office', 16],
    ]);
    expect(places.map(shown)).toEqual(Array(2).fill('The co-heads will meet every week.'));
  });

  it.each([
    ['curly quotation marks', '“A new chapter in history is open here today,”'],
    ['case and white space', 'a NEW   chapter\nin history'],
    ['dashes', 'the DPRK will deploy 15–20 officials'],
    ['a full stop that the claimer put', '"The liaison office was opened in the DPRK\'s border town."'],
    ['ellipses at its ends', '…will serve as a co-head for the office [...]'],
    ['invisible characters', 'round\u00ad-the-clock \u200bcommunication'],
    ['spaces at marks', 'Chun Hae-sung ( R , front ), ROK’s vice unification minister'],
    ['one word', 'Yonhap'],
    [
      'marks of Markdown and Discord',
      '> A **new** _chapter_ in ~~history~~ ||is|| __open__ ***here***\n> today',
    ],
  ])('whatever the %s', (_, claim) => {
    verify('exact', claim);
  });

  it('with what was left out, where an ellipsis says so', () => {
    const claim = 'The building includes … a joint conference room';
    const { places, omission } = verify('exact', claim);
    expect(omission?.map(shown)).toEqual(['The building includes', 'a joint conference room']);
    expect(places.map(shown)).toEqual([
      'The building includes separate offices for representatives from the two countries and a joint conference room',
    ]);
    for (const mark of ['...', '[...]', ' (…) ', '. . .']) verify('exact', claim.replace('…', mark));
  });

  it('without the marks of emphasis that a Markdown source has', () => {
    const seeds = [seedOfLines('a', 'The *Lady Ingrid* does **not** sail; 2 * 3 is 6.')];
    const { places } = verify('exact', 'The Lady Ingrid does not sail', seeds);
    expect(places.map(shown)).toEqual(['The *Lady Ingrid* does **not** sail']);
    verify('altered', 'The Lady Ingrid does sail', seeds);
    expect(verifyQuote('23 is 6', seeds).verdict).not.toBe('exact');
  });

  it('when the ellipsis is the source’s own', () => {
    const { omission } = verify('exact', 'we waited... and left', [
      seedOfLines('a', 'We waited … and left.'),
    ]);
    expect(omission).toBeNull();
  });

  it('not when the ellipsis swaps the order or joins two blocks', () => {
    expect(verifyQuote('a joint conference room … The building includes', [KAESONG]).verdict).toBe(
      'stitched',
    );
    expect(verifyQuote('The co-heads … 15-20 officials', [KAESONG]).verdict).not.toBe('exact');
  });

  it('at its own offsets among others, for any run of whole words of a block', () => {
    const blocks = KAESONG.blocks.filter(({ kind, repeated }) => kind === 'body' && !repeated);
    fc.assert(
      fc.property(fc.constantFrom(...blocks), fc.nat(), fc.nat(), (block, a, b) => {
        const words = [...KAESONG.text.slice(block.start, block.end).matchAll(/\S+/g)];
        const [low = 0, high = 0] = [a % words.length, b % words.length].sort((x, y) => x - y);
        const start = block.start + (words[low]?.index ?? 0);
        const end = block.start + (words[high]?.index ?? 0) + (words[high]?.[0].length ?? 0);
        const { places } = verify('exact', KAESONG.text.slice(start, end));
        expect(places).toContainEqual({
          seed: KAESONG,
          start,
          end,
          paragraph: block.paragraph,
          kind: block.kind,
        });
      }),
      { numRuns: 300 },
    );
  });

  it('in any text, whatever its script, for any run of its words', () => {
    const word = fc.oneof(
      fc.stringMatching(/^[a-z]{1,3}$/),
      fc.constantFrom(
        'Ångström',
        'ΟΔΟΣ',
        '“quoted”',
        'don’t',
        '🎉x',
        '12:09,',
        'Straße',
        '평양',
        'a—b',
        'ﬁn',
        'x\u200by',
      ),
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), fc.nat(), fc.nat(), (words, a, b) => {
        const [low = 0, high = 0] = [a % words.length, b % words.length].sort((x, y) => x - y);
        const seed = seedOfLines('a', words.join(' '));
        const start = words.slice(0, low).join(' ').length + (low === 0 ? 0 : 1);
        const claim = words.slice(low, high + 1).join(' ');
        const { places } = verify('exact', claim, [seed]);
        expect(places.map((place) => place.start)).toContain(start);
        expect(places.map(shown)).toContain(claim);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a claim is altered', () => {
  it.each([
    ['a number', 'with around 60 people from each side', '50', '60'],
    ['a range', 'the DPRK will deploy 15-25 officials', '20', '25'],
    ['a name', 'Kim is due in Pyongyang on Tuesday', 'Moon', 'Kim'],
    ['a dropped negation', 'their joining had to do with efforts to resume the operation', 'nothing', ''],
    ['an added negation', 'The DPRK was not "willing to denuclearize," Moon said', '', 'not'],
    ['its last word', 'The co-heads will meet every day', 'week', 'day'],
    ['a mark', 'will station around 20 officials there while the DPRK', ',', ''],
  ])('in %s', (_, claim, from, to) => {
    expect(verify('altered', claim).changes).toEqual([{ from, to }]);
  });

  it('by a dropped "not"', () => {
    const seed = seedOfLines('a', 'The minister said that the office will not be closed this year.');
    const { changes, place, parts } = verify('altered', 'the office will be closed this year', [seed]);
    expect(changes).toEqual([{ from: 'not', to: '' }]);
    expect(shown(place)).toBe('the office will not be closed this year');
    expect(parts).toEqual([
      { kind: 'same', text: 'the office will' },
      { kind: 'removed', text: ' not' },
      { kind: 'same', text: ' be closed this year' },
    ]);
  });

  it('with what matters first: negations, numbers and names', () => {
    const claim =
      'The building has separate offices for representatives from the three countries and a joint press room';
    const { changes } = verify('altered', claim);
    expect(changes).toEqual([
      { from: 'two', to: 'three' },
      { from: 'includes', to: 'has' },
      { from: 'conference', to: 'press' },
    ]);
  });

  it('when half of it stands and the rest is made up', () => {
    const claim =
      'Two sides from today can have direct contact 24 hours a day, and all may cross by next spring';
    expect(shown(verify('altered', claim).place)).toContain('Two sides from today can have direct contact');
  });

  it('with parts that are the source to the letter, and the claim apart from typesetting', () => {
    const { place, parts } = verify(
      'altered',
      'Yesterday “A new era in history is open here  today,” he said',
    );
    const text = (without: string) =>
      parts.flatMap((part) => (part.kind === without ? [] : [part.text])).join('');
    expect(text('added')).toBe(shown(place));
    expect(text('removed')).toBe('Yesterday “A new era in history is open here today," he said');
  });

  it('whenever one of its words is of another vocabulary, and never exact', () => {
    const blocks = KAESONG.blocks.filter(({ repeated, end, start }) => !repeated && end - start > 100);
    fc.assert(
      fc.property(
        fc.constantFrom(...blocks),
        fc.nat(),
        fc.stringMatching(/^q[xz]{3,8}$/),
        (block, at, foreign) => {
          const words = KAESONG.text.slice(block.start, block.end).split(/\s+/);
          words[at % words.length] = foreign;
          expect(verify('altered', words.join(' ')).place.paragraph).toBe(block.paragraph);
        },
      ),
    );
  });
});

describe('a claim is stitched', () => {
  it('from two paragraphs', () => {
    const claim =
      'The building includes separate offices for representatives while the DPRK will deploy 15-20 officials';
    const { pieces } = verify('stitched', claim);
    expect(pieces.map((piece) => [piece.paragraph, shown(piece)])).toEqual([
      [12, 'The building includes separate offices for representatives'],
      [13, 'while the DPRK will deploy 15-20 officials'],
    ]);
  });

  it('from two seeds, with a word between', () => {
    const other = seedOfLines('other', 'A storm destroyed the harbour of the old capital on Sunday.');
    const claim = 'The co-heads will meet every week and a storm destroyed the harbour of the old capital';
    expect(verify('stitched', claim, [other, KAESONG]).pieces.map(({ seed }) => seed.id)).toEqual([
      KAESONG.id,
      'other',
    ]);
  });

  it('when it runs on from one block into the next', () => {
    verify('stitched', 'The co-heads will meet every week.\nThe opening ceremony was attended by');
  });
});

describe('a claim is absent', () => {
  it.each([
    ['it is empty', ''],
    ['it is white space', ' \n\t '],
    ['it is only marks', '“…”'],
    [
      'it shares only common words',
      'The president of France visited Paris on Monday for a summit with the leader',
    ],
    ['one of two words is another', 'liaison bureau'],
    ['it ends inside a word', 'liaison off'],
    ['it is an emoji that stands nowhere', '🎉 👩‍👧 🇰🇷'],
    ['it is half a surrogate pair', '\ud83c \udf89 \ud83c \udf89'],
    ['it stands only in noise', '["china"]'],
    ['it is another language', '联络处在开城设立'],
  ])('when %s', (_, claim) => {
    expect(verifyQuote(claim, [KAESONG])).toEqual({ verdict: 'absent' });
  });

  it('when there are no seeds', () => {
    verify('absent', 'The co-heads will meet every week', []);
    verify('absent', 'The co-heads will meet every week', [seedOfLines('empty', '')]);
  });
});

describe('a hostile claim', () => {
  it('is refused in one line when it is too long', () => {
    const refusal = /^The claim has 100000 characters, and at most 4000 are looked up at once; shorten it\.$/;
    expect(() => verifyQuote('the '.repeat(25_000), [KAESONG])).toThrow(RangeError);
    expect(() => verifyQuote('the '.repeat(25_000), [KAESONG])).toThrow(refusal);
  });

  it.each([
    'the ',
    '"',
    '.',
    '. ',
    '...a',
    "'a",
    '-',
    '- ',
    '[...]',
    '\u0301',
    'a\u0301',
    'ﷺ',
    '\ud83c',
    '\u00ad',
    '1.',
    '开',
  ])('of nothing but %j gets a verdict', (unit) => {
    const claim = unit.repeat(Math.floor(4000 / unit.length));
    expect(['absent', 'altered']).toContain(verifyQuote(claim, [KAESONG]).verdict);
  });

  it('of any characters gets a verdict whose places are in the file', () => {
    const unit = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('the ', '…', '"', 'ROK', 'opening ceremony '),
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 20 }), (units) => {
        const found = verifyQuote(units.join(''), [KAESONG]);
        const places = found.verdict === 'exact' ? found.places : [];
        for (const place of places) expect(shown(place)).not.toMatch(/^\s|\s$|^$|\n/u);
      }),
    );
  });
});
