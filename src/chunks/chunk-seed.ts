import type { Seed, Span } from '../seeds/seed.ts';
import type { Chunks, CountTokens, Passage, Sentence } from './chunk.ts';
import { splitSentences } from './sentences.ts';

/**
 * Ordinary prose has 3 to 7 characters a word piece. Past this many, a text is taken as too long whatever
 * its count says: a word of 1 MB is a single unknown word piece, and no quote.
 */
const MAX_CHARS_PER_TOKEN = 10;
/** English in WordPiece; where the search for a passage's end starts. */
const USUAL_CHARS_PER_TOKEN = 4;
const ASCII_ONLY = /^[\0-\x7f]*$/u;

/** Whether the text from `start` to `end` fits into the model. */
type Fits = (start: number, end: number) => boolean;

/**
 * Fits, with the model's tokenizer asked only where the length does not tell already. Outside ASCII the
 * length tells nothing: a Hangul syllable may be three word pieces.
 */
function fitsInto(text: string, countTokens: CountTokens, maxTokens: number): Fits {
  const added = countTokens('');
  return (start, end) => {
    const length = end - start;
    if (length > maxTokens * MAX_CHARS_PER_TOKEN) return false;
    const slice = text.slice(start, end);
    return (length + added < maxTokens && ASCII_ONLY.test(slice)) || countTokens(slice) <= maxTokens;
  };
}

/** The place in the middle half of the span to cut at: where a clause ends, else white space, else anywhere. */
function cutPoint(text: string, { start, end }: Span): number {
  const middle = (start + end) / 2;
  const low = Math.max(start + 1, Math.ceil(middle - (end - start) / 4));
  const high = Math.min(end - 1, Math.floor(middle + (end - start) / 4));
  for (const pattern of [/[,;:–—)\]]["'”’]?\s+|[，、；：]/gu, /\s+/gu]) {
    let best = -1;
    for (const hit of text.slice(low - 1, high).matchAll(pattern)) {
      const at = low - 1 + hit.index + hit[0].length;
      if (best < 0 || Math.abs(at - middle) < Math.abs(best - middle)) best = at;
    }
    if (best > start && best < end) return best;
  }
  const at = Math.floor(middle);
  return (text.codePointAt(at - 1) ?? 0) > 0xffff ? at + 1 : at;
}

/** Cuts a sentence in halves until each piece fits; a single code point is never cut. */
function splitLongSentence(text: string, span: Span, fits: Fits): Span[] {
  const pieces: Span[] = [];
  const rest: Span[] = [span];
  for (let next = rest.pop(); next; next = rest.pop()) {
    const { start, end } = next;
    const codePointLength = (text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1;
    if (end - start <= codePointLength || fits(start, end)) {
      pieces.push(next);
      continue;
    }
    const cut = cutPoint(text, next);
    const left = text.slice(start, cut).trimEnd().length;
    const right = text.slice(cut, end).trimStart().length;
    if (right > 0) rest.push({ start: end - right, end });
    if (left > 0) rest.push({ start, end: start + left });
  }
  return pieces;
}

/** Whether `spans[first]` to `spans[end - 1]` together fit; what a single span has was settled before. */
function runFits(spans: readonly Span[], first: number, end: number, fits: Fits): boolean {
  const opening = spans[first];
  const closing = spans[end - 1];
  return (
    end - first < 2 || (opening !== undefined && closing !== undefined && fits(opening.start, closing.end))
  );
}

/** How far a run that starts at `first` reaches if it has at most `chars` characters; more than `first`. */
function reach(spans: readonly Span[], first: number, chars: number): number {
  const limit = (spans[first]?.start ?? 0) + chars;
  let end = first + 1;
  while (end < spans.length && (spans[end]?.end ?? 0) <= limit) end++;
  return end;
}

/**
 * The longest run of spans from `first` that fits: a guess, then steps of growing size to where it turns.
 * A good guess takes two questions.
 *
 * @returns where the run ends, more than `first`
 */
function longestRun(spans: readonly Span[], first: number, guess: number, fits: Fits): number {
  let fitting = first + 1;
  let over = spans.length + 1;
  let probe = guess;
  for (let step = 1; over - fitting > 1; step *= 2) {
    if (probe <= fitting || probe >= over) probe = (fitting + over) >> 1;
    if (runFits(spans, first, probe, fits)) {
      fitting = probe;
      probe += step;
    } else {
      over = probe;
      probe -= step;
    }
  }
  return fitting;
}

/** Where the last two runs should part so that both are about as long, in characters. */
function evenPart(spans: readonly Span[], first: number): number {
  const middle = ((spans[first]?.start ?? 0) + (spans.at(-1)?.end ?? 0)) / 2;
  let part = first + 1;
  while (part + 1 < spans.length && (spans[part]?.end ?? middle) <= middle) part++;
  return part;
}

/**
 * Packs consecutive sentences of one block greedily; the last two runs are evened out, lest a single short
 * sentence is left over.
 *
 * @param chars - about how many characters fit, a first guess
 * @returns the exclusive ends of the runs, as indexes into `spans`
 */
function packRuns(spans: readonly Span[], chars: number, fits: Fits): number[] {
  const ends: number[] = [];
  let usual = chars;
  for (let first = 0; first < spans.length; first = ends.at(-1) ?? spans.length) {
    const end = longestRun(spans, first, reach(spans, first, usual), fits);
    usual = (spans[end - 1]?.end ?? 0) - (spans[first]?.start ?? 0);
    ends.push(end);
  }
  const first = ends.at(-3) ?? 0;
  const even = evenPart(spans, first);
  const better = even < (ends.at(-2) ?? 0);
  if (better && runFits(spans, first, even, fits) && runFits(spans, even, spans.length, fits)) {
    ends[ends.length - 2] = even;
  }
  return ends;
}

/** The sentences of a block, and where each run of them that makes a passage ends. */
function cutBlock(
  text: string,
  block: Span,
  maxTokens: number,
  fits: Fits,
): { spans: Span[]; ends: number[] } {
  const whole = splitSentences(text, block);
  if (fits(block.start, block.end)) return { spans: whole, ends: [whole.length] };
  const spans = whole.flatMap((span) => splitLongSentence(text, span, fits));
  return { spans, ends: packRuns(spans, maxTokens * USUAL_CHARS_PER_TOKEN, fits) };
}

/**
 * Cuts a seed into sentences and passages. Noise and repeated blocks are left out; no sentence and no
 * passage leaves its block.
 *
 * @param countTokens - word pieces of a text, special tokens included; asked a few times a passage
 * @param maxTokens - most word pieces of a passage; at least what a single code point can have
 * @returns both lists in file order; every non-blank character of a quotable block lies in exactly one
 *   sentence and one passage, and neither has more than `maxTokens` word pieces
 */
export function chunkSeed(seed: Seed, countTokens: CountTokens, maxTokens: number): Chunks {
  const fits = fitsInto(seed.text, countTokens, maxTokens);
  const sentences: Sentence[] = [];
  const passages: Passage[] = [];
  for (const [block, { kind, repeated, start, end }] of seed.blocks.entries()) {
    if (kind === 'noise' || repeated) continue;
    const { spans, ends } = cutBlock(seed.text, { start, end }, maxTokens, fits);
    let first = 0;
    for (const runEnd of ends) {
      const run = spans.slice(first, runEnd);
      const opening = run[0];
      const closing = run.at(-1);
      if (!opening || !closing) continue;
      const firstSentence = sentences.length;
      for (const span of run) sentences.push({ ...span, block, passage: passages.length });
      const endSentence = sentences.length;
      passages.push({ start: opening.start, end: closing.end, block, firstSentence, endSentence });
      first = runEnd;
    }
  }
  return { seed, sentences, passages };
}
