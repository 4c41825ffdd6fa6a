import { completeSpeech } from '../chunks/quotation.ts';
import type { Corpus, IndexedSeed } from '../indexing/corpus.ts';
import type { Search } from '../retrieval/search.ts';
import type { Seed, Span } from '../seeds/seed.ts';
import { HIGHEST_BY_WORDS } from './about-first.ts';
import type { Quote } from './answer.ts';
import { quoteOf } from './quote.ts';

/** A quote and the seed that it is cut from. */
export interface Quoted {
  readonly seed: Seed;
  readonly quote: Quote;
}

/** The quotes of the best sentences, none of which overlaps another. */
export function distinctQuotes({ ranked, features }: Search, corpus: Corpus, limit: number): Quoted[] {
  const bounded = (score: number) => Math.min(score, HIGHEST_BY_WORDS);
  const top = bounded(ranked[0]?.score ?? 0);
  const taken: Quoted[] = [];
  for (const { sentence, score, cosine } of ranked) {
    if (taken.length >= limit) break;
    const words = features.words(features.find(sentence).has);
    // 1 for the first, and ½ for one that is 1.1 behind it.
    const relative = 2 / (1 + Math.exp(top - bounded(score)));
    const one = quoteSentence(sentence, corpus, relative, { words, cosine });
    if (!taken.some((other) => overlap(other.quote, one.quote))) taken.push(one);
  }
  return taken;
}

function overlap(one: Quote, other: Quote): boolean {
  return one.seed === other.seed && one.start < other.end && other.start < one.end;
}

/** The sentence, or the two or three that a quotation runs over. */
export function quoteSentence(
  id: number,
  corpus: Corpus,
  score: number,
  evidence: Quote['evidence'],
): Quoted {
  const sentence = corpus.sentences.at(id);
  const indexed = corpus.seeds[sentence?.seed ?? 0];
  const block = indexed?.seed.blocks[sentence?.block ?? 0];
  if (sentence === undefined || indexed === undefined || block === undefined) {
    throw new Error(`sentence ${id} is not in the index`);
  }
  const { seed } = indexed;
  return { seed, quote: quoteOf(seed, block, wholeSpeech(id, indexed, corpus), score, evidence) };
}

function wholeSpeech(id: number, { seed, firstSentence, endSentence }: IndexedSeed, corpus: Corpus): Span {
  const { blockOf } = corpus;
  let first = id;
  let end = id + 1;
  while (first > firstSentence && blockOf[first - 1] === blockOf[id]) first--;
  while (end < endSentence && blockOf[end] === blockOf[id]) end++;
  const sentences = corpus.sentences.slice(first, end);
  const whole = completeSpeech(seed.text, sentences, id - first);
  return { start: sentences[whole.first]?.start ?? 0, end: sentences[whole.end - 1]?.end ?? 0 };
}

/** The sentence of a seed at an offset, or the next one. */
export function sentenceAt(
  corpus: Corpus,
  { firstSentence, endSentence }: IndexedSeed,
  offset: number,
): number {
  for (let id = firstSentence; id < endSentence; id++) {
    if ((corpus.sentences.at(id)?.end ?? 0) > offset) return id;
  }
  return Math.max(firstSentence, endSentence - 1);
}
