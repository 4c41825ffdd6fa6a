import type { Corpus } from '../indexing/corpus.ts';
import { termsOf } from '../indexing/terms.ts';
import type { Question } from '../retrieval/question.ts';
import type { Ranked, Search } from '../retrieval/search.ts';
import { lacksAnswer } from './evidence.ts';
import { wanted } from './follow-up.ts';
import type { Exchange } from './library.ts';
import { sentenceAt } from './quoting.ts';

/** On the scale of the ranking's scores, where two sentences that answer alike differ by about 1. */
const SAME_SEED_BONUS = 1;
const SAME_PASSAGE_BONUS = 1;
/** What is said beside a sentence is about the same, more often than not. */
const BESIDE_BONUS = 2;
const AGAIN_MALUS = -3;

/**
 * A follow-up goes on where the quote before it stood, and asks for another one when it says so.
 * @param text the follow-up's own words
 */
export function goingOn(
  found: Search,
  question: Question,
  text: string,
  { quote }: Exchange,
  corpus: Corpus,
): Search {
  const indexed = quote === null ? undefined : corpus.seeds.find(({ seed }) => seed.text.includes(quote));
  if (quote === null || indexed === undefined) return found;
  const start = indexed.seed.text.indexOf(quote);
  const saidAt = sentenceAt(corpus, indexed, start);
  const said = corpus.sentences.at(saidAt);
  const wants = wanted(question, termsOf(text).length, found.features.find(saidAt).has);
  const isAgain = ({ sentence }: Ranked) => {
    const { seed, start: from = 0, end = 0 } = corpus.sentences.at(sentence) ?? {};
    return seed === said?.seed && from < start + quote.length && start < end;
  };
  const bonusOf = (candidate: Ranked) => {
    const { seed, passage } = corpus.sentences.at(candidate.sentence) ?? {};
    const isBeside = Math.abs(candidate.sentence - saidAt) === 1;
    const isInVain = wants === 'rather another' || lacksAnswer(question, candidate.features);
    return (
      (seed === said?.seed ? SAME_SEED_BONUS : 0) +
      (passage === said?.passage ? SAME_PASSAGE_BONUS : 0) +
      (wants !== 'that or another' && isBeside ? BESIDE_BONUS : 0) +
      (isAgain(candidate) && isInVain ? AGAIN_MALUS : 0)
    );
  };
  const ranked = found.ranked
    .filter((candidate) => !(wants === 'only another' && isAgain(candidate)))
    .map((candidate) => ({ ...candidate, score: candidate.score + bonusOf(candidate) }));
  return { ...found, ranked: ranked.sort((a, b) => b.score - a.score) };
}
