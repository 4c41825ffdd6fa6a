import type { Embedder } from '../embedding/embedder.ts';
import { isWritten } from '../embedding/model-files.ts';
import type { Corpus, IndexedSeed } from '../indexing/corpus.ts';
import { OperatorError } from '../operator-error.ts';
import { type AliasGroup, asRead, type Question, readQuestion } from '../retrieval/question.ts';
import { type Search, type SearchOptions, searchWords, withMeaning } from '../retrieval/search.ts';
import type { Seed, Span } from '../seeds/seed.ts';
import { printable } from '../seeds/seed-error.ts';
import { asksAboutArticle, mentionsArticle } from './about-article.ts';
import { aboutFirst, articlesMeant, HIGHEST_BY_WORDS } from './about-first.ts';
import { aliasesOf } from './aliases.ts';
import type { Answer, Quote } from './answer.ts';
import { findPhrase } from './find-phrase.ts';
import { goesOn, leansOnPrevious, withContext } from './follow-up.ts';
import { goingOn } from './going-on.ts';
import { type Judgement, judge, judgeByWords } from './judge.ts';
import { isForeign } from './language.ts';
import type { AskOptions, Exchange, Found, Library, Paragraph } from './library.ts';
import { FileCheck } from './quote.ts';
import { distinctQuotes, type Quoted, quoteSentence, sentenceAt } from './quoting.ts';
import { shortAnswer } from './short-answer.ts';
import { placesOf, type Verdict, verifyQuote } from './verify.ts';

/** A single word piece between the two special tokens. */
export const ONE_WORD_TOKENS = 3;
const DEFAULT_QUOTES = 3;
const MAX_QUOTES = 10;
/** Places of a phrase that are shown; all are counted. */
const MAX_PLACES = 50;
/** A line that answers a question about the article itself: the pattern that finds them is narrow. */
const ABOUT_ARTICLE: Judgement = { outcome: 'answered', confidence: 0.9 };
/** The same where it may be any of many articles. */
const ABOUT_MANY: Judgement = { outcome: 'related', confidence: 0.3 };
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
    const isUnreadable = isWritten(this.index.model) && isForeign(text);
    const onTopic = mentionsArticle(text) || typeof previous?.quote === 'string';
    const about = asksAboutArticle(text);
    const { searches, embedded } = await this.#search(readingsOf(text, previous), {
      range: range && { first: range.firstSentence, end: range.endSentence },
      byWords: isUnreadable,
    });
    const attempts = searches.map(({ question, alone }) => {
      const found = previous === undefined ? alone : goingOn(alone, question, text, previous, this.#corpus);
      const judgement = isUnreadable
        ? judgeByWords(question, found)
        : judge(question, found, this.#corpus, onTopic);
      return { question, found, judgement };
    });
    const { question, found, judgement } = attempts.reduce((best, one) =>
      one.judgement.confidence > best.judgement.confidence + BY_ITSELF_MARGIN ? one : best,
    );
    const meant =
      about === null || range !== undefined
        ? [range].filter((one) => one !== undefined)
        : articlesMeant(about, question, found, previous?.quote ?? null, this.#corpus);
    const lines = meant.slice(0, MAX_QUOTES);
    const ranked = about === null ? found.ranked : aboutFirst(about, found.ranked, this.#corpus, lines);
    const isAbout = (ranked[0]?.score ?? 0) >= HIGHEST_BY_WORDS;
    const verdict = isAbout ? (meant.length === 1 ? ABOUT_ARTICLE : ABOUT_MANY) : judgement;
    const limit = Math.min(options.limit ?? DEFAULT_QUOTES, MAX_QUOTES);
    const shown = distinctQuotes({ ...found, ranked }, this.#corpus, limit);
    this.#checkFiles(shown);
    const span = verdict.outcome === 'answered' ? spanOf(question, shown[0]) : null;
    const finished = performance.now();
    return {
      question: text,
      readAs: question.text === text ? null : question.text,
      notice: isUnreadable ? FOREIGN_NOTICE : null,
      ...verdict,
      span,
      answer: (span && shown[0]?.seed.text.slice(span.start, span.end)) ?? null,
      quotes: shown.map(({ quote }) => quote),
      timings: { embedMs: embedded - started, searchMs: finished - embedded, totalMs: finished - started },
    };
  }

  /** Searches for a question as it may be read; what needs no vector is done while the model runs in its process. */
  async #search(
    readings: readonly string[],
    options: SearchOptions,
  ): Promise<{ searches: { question: Question; alone: Search }[]; embedded: number }> {
    const questions = readings.map((words) =>
      readQuestion(words, this.#corpus.lexical, this.#aliases, this.#isWord),
    );
    const reading = this.#embedder.embed(questions.map((question) => this.#fitting(asRead(question))));
    const words = questions.map((question) => searchWords(question, this.#corpus, options));
    const embeddings = await reading;
    const embedded = performance.now();
    const searches = words.map((searched, i) => {
      const embedding = embeddings[i];
      if (embedding === undefined) throw new Error('the model returned too little');
      return { question: searched.question, alone: withMeaning(searched, embedding, this.#corpus) };
    });
    return { searches, embedded };
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
      const id = sentenceAt(this.#corpus, this.#seed(place.seed.id), place.start);
      exact.push(quoteSentence(id, this.#corpus, 1, { words: [phrase], cosine: 1 }).quote);
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
}

/** A question as it may be meant: with the words of the one before, by itself, or the one and the other. */
function readingsOf(text: string, previous: Exchange | undefined): string[] {
  const full = previous === undefined ? null : withContext(text, previous);
  if (full === null) return [text];
  return goesOn(text) ? [full] : [full, text];
}

/** The part of the first quote that answers by itself. */
function spanOf({ text, expects }: Question, best: Quoted | undefined): Span | null {
  return best === undefined ? null : shortAnswer(text, expects, best.quote.text, best.quote.start);
}
