import { completeSpeech } from '../chunks/quotation.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { isWritten } from '../embedding/model-files.ts';
import type { Corpus, IndexedSeed } from '../indexing/corpus.ts';
import { termsOf } from '../indexing/terms.ts';
import { OperatorError } from '../operator-error.ts';
import { type AliasGroup, asRead, type Question, readQuestion } from '../retrieval/question.ts';
import { type Ranked, type Search, searchWords, withMeaning } from '../retrieval/search.ts';
import type { Seed, Span } from '../seeds/seed.ts';
import { printable } from '../seeds/seed-error.ts';
import { asksAboutArticle, mentionsArticle } from './about-article.ts';
import { aliasesOf } from './aliases.ts';
import type { Answer, Quote } from './answer.ts';
import { lacksAnswer } from './evidence.ts';
import { findPhrase } from './find-phrase.ts';
import { goesOn, leansOnPrevious, wanted, withContext } from './follow-up.ts';
import { judge, judgeByWords } from './judge.ts';
import { isForeign } from './language.ts';
import type { AskOptions, Exchange, Found, Library, Paragraph } from './library.ts';
import { FileCheck, quoteOf } from './quote.ts';
import { shortAnswer } from './short-answer.ts';
import { placesOf, type Verdict, verifyQuote } from './verify.ts';

/** A single word piece between the two special tokens. */
export const ONE_WORD_TOKENS = 3;
const DEFAULT_QUOTES = 3;
const MAX_QUOTES = 10;
/** Places of a phrase that are shown; all are counted. */
const MAX_PLACES = 50;
/** Added to the score of a line that answers a question about the article itself: above all evidence by words. */
const ABOUT_BONUS = 100;
/** Confidence of such an answer: the pattern that finds them is narrow. */
const ABOUT_CONFIDENCE = 0.9;
/** On the scale of the ranking's scores, where two sentences that answer alike differ by about 1. */
const SAME_SEED_BONUS = 1;
const SAME_PASSAGE_BONUS = 1;
/** What is said beside a sentence is about the same, more often than not. */
const BESIDE_BONUS = 2;
const AGAIN_MALUS = -3;
/** A question that leans on another is read by itself only if that is so much surer. */
const BY_ITSELF_MARGIN = 0.15;
const FOREIGN_NOTICE =
  'The question does not look like English; it was searched by its names, numbers and words. The model reads English only.';

/** The library over one generation in memory. */
export class SeedLibrary implements Library {
  readonly seeds: readonly Seed[];
  readonly index: Library['index'];
  readonly #corpus: Corpus;
  readonly #embedder: Embedder;
  readonly #files: FileCheck;
  readonly #aliases: readonly AliasGroup[];

  constructor(seedsFolder: string, corpus: Corpus, embedder: Embedder, index: Library['index']) {
    this.seeds = corpus.seeds.map(({ seed }) => seed);
    this.index = index;
    this.#corpus = corpus;
    this.#embedder = embedder;
    this.#files = new FileCheck(seedsFolder);
    this.#aliases = this.seeds.flatMap(aliasesOf);
  }

  /** A word that the model knows as one piece is spelt as it was meant. */
  readonly #isWord = (text: string) => this.#embedder.countTokens(text) <= ONE_WORD_TOKENS;

  async ask(text: string, options: AskOptions = {}): Promise<Answer> {
    const started = performance.now();
    const range = options.seed === undefined ? undefined : this.#seed(options.seed);
    const previous = options.previous !== undefined && leansOnPrevious(text) ? options.previous : undefined;
    const full = previous === undefined ? null : withContext(text, previous);
    const readings = (full === null ? [text] : goesOn(text) ? [full] : [full, text]).map((words) =>
      readQuestion(words, this.#corpus.lexical, this.#aliases, this.#isWord),
    );
    const reading = this.#embedder.embed(readings.map((question) => this.#fitting(asRead(question))));
    // What needs no vector is found out while the model runs in its process.
    const isUnreadable = isWritten(this.index.model) && isForeign(text);
    const onTopic = mentionsArticle(text) || typeof previous?.quote === 'string';
    const about = asksAboutArticle(text);
    const words = readings.map((question) =>
      searchWords(question, this.#corpus, {
        range: range && { first: range.firstSentence, end: range.endSentence },
        byWords: isUnreadable,
      }),
    );
    const embeddings = await reading;
    const embedded = performance.now();
    const attempts = words.map((searched, i) => {
      const { question } = searched;
      const embedding = embeddings[i];
      if (embedding === undefined) throw new Error('the model returned too little');
      const alone = withMeaning(searched, embedding, this.#corpus);
      const found = previous === undefined ? alone : this.#goingOn(alone, question, text, previous);
      return {
        question,
        found,
        judgement: isUnreadable
          ? judgeByWords(question, found)
          : judge(question, found, this.#corpus, onTopic),
      };
    });
    const { question, found, judgement } = attempts.reduce((best, one) =>
      one.judgement.confidence > best.judgement.confidence + BY_ITSELF_MARGIN ? one : best,
    );
    const ranked = about === null ? found.ranked : this.#aboutFirst(about, found.ranked, range);
    const isAbout = about !== null && (ranked[0]?.score ?? 0) >= ABOUT_BONUS / 2;
    const verdict = isAbout ? { outcome: 'answered' as const, confidence: ABOUT_CONFIDENCE } : judgement;
    const spans = this.#distinctQuotes(ranked, found, Math.min(options.limit ?? DEFAULT_QUOTES, MAX_QUOTES));
    this.#checkFiles(spans);
    const quotes = spans.map(({ quote }) => quote);
    const [best] = quotes;
    const span =
      best === undefined || verdict.outcome !== 'answered'
        ? null
        : shortAnswer(question.text, question.expects, best.text, best.start);
    const seed = spans[0]?.seed;
    const finished = performance.now();
    return {
      question: text,
      readAs: question.text === text ? null : question.text,
      notice: isUnreadable ? FOREIGN_NOTICE : null,
      ...verdict,
      span,
      answer: span === null || seed === undefined ? null : seed.text.slice(span.start, span.end),
      quotes,
      timings: { embedMs: embedded - started, searchMs: finished - embedded, totalMs: finished - started },
    };
  }

  /** A follow-up goes on where the quote before it stood, and asks for another one when it says so. */
  #goingOn(found: Search, question: Question, text: string, { quote }: Exchange): Search {
    const seed = quote === null ? undefined : this.seeds.find((one) => one.text.includes(quote));
    if (quote === null || seed === undefined) return found;
    const start = seed.text.indexOf(quote);
    const saidAt = this.#sentenceAt(seed, start);
    const said = this.#corpus.sentences.at(saidAt);
    const { has } = found.features.find(saidAt);
    const wants = wanted(question, termsOf(text).length, has);
    const saidAgain = ({ sentence }: Ranked) => {
      const { seed: of, start: from = 0, end = 0 } = this.#corpus.sentences.at(sentence) ?? {};
      return of === said?.seed && from < start + quote.length && start < end;
    };
    const ranked = found.ranked
      .filter((candidate) => !(wants === 'only another' && saidAgain(candidate)))
      .map((candidate) => {
        const sentence = this.#corpus.sentences.at(candidate.sentence);
        const bonus =
          (sentence?.seed === said?.seed ? SAME_SEED_BONUS : 0) +
          (sentence?.passage === said?.passage ? SAME_PASSAGE_BONUS : 0) +
          (wants !== 'that or another' && Math.abs(candidate.sentence - saidAt) === 1 ? BESIDE_BONUS : 0) +
          (saidAgain(candidate) && (wants === 'rather another' || lacksAnswer(question, candidate.features))
            ? AGAIN_MALUS
            : 0);
        return { ...candidate, score: candidate.score + bonus };
      });
    return { ...found, ranked: ranked.sort((a, b) => b.score - a.score) };
  }

  async find(
    phrase: string,
    options: { readonly seed?: string; readonly limit?: number } = {},
  ): Promise<Found> {
    const limit = options.limit ?? DEFAULT_QUOTES;
    const seeds = options.seed === undefined ? this.seeds : [this.#seed(options.seed).seed];
    const { count, places } = findPhrase(phrase, seeds, Math.min(limit, MAX_PLACES));
    const exact: Quote[] = [];
    this.#checkFiles(places);
    for (const place of places) {
      const id = this.#sentenceAt(place.seed, place.start);
      exact.push(this.#quoteSentence(id, 1, { words: [phrase], cosine: 1 }));
    }
    const { quotes } = await this.ask(phrase, {
      ...options,
      limit: Math.min(limit + exact.length, MAX_QUOTES),
    });
    const known = new Set(exact.map(({ seed, start }) => `${seed} ${start}`));
    const byMeaning = quotes.filter(({ seed, start }) => !known.has(`${seed} ${start}`)).slice(0, limit);
    return { phrase, count, exact, byMeaning };
  }

  read(seedId: string, paragraph: number, around = 0): Paragraph[] {
    const { seed } = this.#seed(seedId);
    this.#checkFiles([{ seed }]);
    return seed.blocks
      .filter(({ kind, repeated }) => kind !== 'noise' && !repeated)
      .filter((block) => Math.abs(block.paragraph - paragraph) <= around)
      .map((block) => ({
        seed,
        paragraph: block.paragraph,
        start: block.start,
        end: block.end,
        text: seed.text.slice(block.start, block.end),
      }));
  }

  verify(claim: string): Verdict {
    const verdict = verifyQuote(claim, this.seeds);
    this.#checkFiles(placesOf(verdict));
    return verdict;
  }

  /** Whatever shows a seed's words passes here first. */
  #checkFiles(shown: readonly { readonly seed: Seed }[]): void {
    for (const seed of new Set(shown.map(({ seed }) => seed))) this.#files.check(seed);
  }

  #seed(id: string): IndexedSeed {
    const found = this.#corpus.seeds.find(({ seed }) => seed.id === id);
    if (found !== undefined) return found;
    const known = this.seeds.map((seed) => seed.id).slice(0, 5);
    throw new OperatorError(`seed ${printable(id)} does not exist; the seeds are: ${known.join(', ')}`);
  }

  /** A question longer than the model reads is embedded by its beginning; its words are all searched for. */
  #fitting(text: string): string {
    let fitting = text;
    while (this.#embedder.countTokens(fitting) > this.#embedder.maxTokens) {
      fitting = [...fitting].slice(0, Math.floor([...fitting].length * 0.8)).join('');
    }
    return fitting;
  }

  /** Puts the lines that answer a question about the article itself before all others. */
  #aboutFirst(
    about: { readonly kind: string; readonly fits: (line: string) => boolean },
    ranked: readonly Ranked[],
    range: IndexedSeed | undefined,
  ): Ranked[] {
    const seeds = range === undefined ? this.#corpus.seeds : [range];
    const known = new Map(ranked.map((candidate) => [candidate.sentence, candidate]));
    const best = ranked[0];
    const lines: Ranked[] = [];
    for (const { seed, firstSentence, endSentence } of seeds.slice(0, MAX_QUOTES)) {
      for (let id = firstSentence; id < endSentence && best !== undefined; id++) {
        const { start = 0, end = 0, block = 0 } = this.#corpus.sentences.at(id) ?? {};
        const { kind, level = 0 } = seed.blocks[block] ?? {};
        if (kind !== about.kind || level > 1 || !about.fits(seed.text.slice(start, end))) continue;
        const base = known.get(id) ?? { ...best, sentence: id, score: 0, cosine: 0 };
        lines.push({ ...base, score: base.score + ABOUT_BONUS });
        known.delete(id);
      }
    }
    return [...lines, ...known.values()].sort((a, b) => b.score - a.score);
  }

  #distinctQuotes(
    ranked: readonly Ranked[],
    { features }: Search,
    limit: number,
  ): { seed: Seed; quote: Quote }[] {
    const top = ranked[0]?.score ?? 0;
    const taken: { seed: Seed; quote: Quote }[] = [];
    for (const candidate of ranked) {
      if (taken.length >= limit) break;
      const { has } = features.find(candidate.sentence);
      const words = features.words(has);
      const score =
        1 / (1 + Math.exp(Math.min(top, ABOUT_BONUS / 2) - Math.min(candidate.score, ABOUT_BONUS / 2)));
      const quote = this.#quoteSentence(candidate.sentence, 2 * score, { words, cosine: candidate.cosine });
      const seed = this.#corpus.seeds[this.#corpus.sentences.at(candidate.sentence)?.seed ?? 0]?.seed;
      const overlaps = taken.some(
        (other) =>
          other.quote.seed === quote.seed && other.quote.start < quote.end && quote.start < other.quote.end,
      );
      if (seed !== undefined && !overlaps) taken.push({ seed, quote });
    }
    return taken;
  }

  /** The sentence, or the two or three that a quotation runs over. */
  #quoteSentence(id: number, score: number, evidence: Quote['evidence']): Quote {
    const sentence = this.#corpus.sentences.at(id);
    const indexed = this.#corpus.seeds[sentence?.seed ?? 0];
    const block = indexed?.seed.blocks[sentence?.block ?? 0];
    if (sentence === undefined || indexed === undefined || block === undefined) {
      throw new Error(`sentence ${id} is not in the index`);
    }
    return quoteOf(indexed.seed, block, this.#wholeSpeech(id, indexed), score, evidence);
  }

  #wholeSpeech(id: number, { seed, firstSentence, endSentence }: IndexedSeed): Span {
    const block = this.#corpus.sentences.at(id)?.block;
    let first = id;
    let end = id + 1;
    while (first > firstSentence && this.#corpus.sentences.at(first - 1)?.block === block) first--;
    while (end < endSentence && this.#corpus.sentences.at(end)?.block === block) end++;
    const sentences = this.#corpus.sentences.slice(first, end);
    const whole = completeSpeech(seed.text, sentences, id - first);
    return { start: sentences[whole.first]?.start ?? 0, end: sentences[whole.end - 1]?.end ?? 0 };
  }

  #sentenceAt(seed: Seed, offset: number): number {
    const range = this.#seed(seed.id);
    for (let id = range.firstSentence; id < range.endSentence; id++) {
      if ((this.#corpus.sentences.at(id)?.end ?? 0) > offset) return id;
    }
    return Math.max(range.firstSentence, range.endSentence - 1);
  }
}
