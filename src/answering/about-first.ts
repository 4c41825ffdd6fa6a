import type { Corpus, IndexedSeed } from '../indexing/corpus.ts';
import { termsOf } from '../indexing/terms.ts';
import type { Question } from '../retrieval/question.ts';
import type { Ranked, Search } from '../retrieval/search.ts';
import type { AboutArticle } from './about-article.ts';

/** Added to the score of a line that answers a question about the article itself: above all evidence by words. */
const ABOUT_BONUS = 100;
/** No evidence by words has so high a score. */
export const HIGHEST_BY_WORDS = ABOUT_BONUS / 2;

/**
 * Puts the lines that answer a question about the article itself before all others.
 * @param seeds those that are asked; the lines of many would bury everything else
 */
export function aboutFirst(
  about: AboutArticle,
  ranked: readonly Ranked[],
  corpus: Corpus,
  seeds: readonly IndexedSeed[],
): Ranked[] {
  const known = new Map(ranked.map((candidate) => [candidate.sentence, candidate]));
  const best = ranked[0];
  const lines: Ranked[] = [];
  for (const { seed, firstSentence, endSentence } of seeds) {
    for (let id = firstSentence; id < endSentence && best !== undefined; id++) {
      const { start = 0, end = 0, block = 0 } = corpus.sentences.at(id) ?? {};
      const { kind, level = 0 } = seed.blocks[block] ?? {};
      if (kind !== about.kind || level > 1 || !about.fits(seed.text.slice(start, end))) continue;
      const base = known.get(id) ?? { ...best, sentence: id, score: 0, cosine: 0 };
      lines.push({ ...base, score: base.score + ABOUT_BONUS });
      known.delete(id);
    }
  }
  return [...lines, ...known.values()].sort((a, b) => b.score - a.score);
}

/**
 * The articles that a question about an article may mean: the one that it names by its subject, or the one that was
 * quoted before; all of them where it says nothing.
 * @param quote what was quoted before, or null
 */
export function articlesMeant(
  { subject }: AboutArticle,
  question: Question,
  { ranked, features }: Search,
  quote: string | null,
  { seeds, sentences }: Corpus,
): readonly IndexedSeed[] {
  if (subject === null) {
    const before = quote === null ? undefined : seeds.find(({ seed }) => seed.text.includes(quote));
    return before === undefined ? seeds : [before];
  }
  const named = new Set(termsOf(subject).map(({ stem }) => stem));
  const isNamed = question.concepts.map(({ word }) => termsOf(word).some(({ stem }) => named.has(stem)));
  const best = ranked.find(({ sentence }) => features.find(sentence).has.some((has, c) => has && isNamed[c]));
  const found = best && seeds[sentences.at(best.sentence)?.seed ?? -1];
  return found === undefined ? [] : [found];
}
