import type { Embedding } from '../embedding/embedder.ts';
import { dot } from '../embedding/pooling.ts';
import { Best } from '../indexing/best.ts';
import type { Corpus } from '../indexing/corpus.ts';
import { forget, type LexicalScores, lexicalScores } from './bm25.ts';
import { type Candidate, type Compared, FEATURE_NAMES, Features } from './features.ts';
import { interact } from './late-interaction.ts';
import type { Question } from './question.ts';
import { piecesOf } from './question-pieces.ts';
import weights from './weights.json' with { type: 'json' };
import { defines } from './word-match.ts';

/**
 * How many passages are nominated by their vectors, with all their sentences, and sentences by their words. A sentence
 * that is near in a passage that is not is hardly ever among the best at first sight (docs/performance.md).
 */
const NEAREST_PASSAGES = 64;
const LEXICAL_SENTENCES = 128;
/** How many nominees are compared word by word. */
const COMPARED = 24;
/** First sight, before words are compared: BM25's weight beside the cosine, and the passage's beside the sentence. */
const LEXICAL_WEIGHT = 0.5;
const PASSAGE_WEIGHT = 0.5;
/** Body before headline before caption when they answer alike; the others answer questions about the article. */
const KIND_PRIOR = { headline: -1, caption: -1.5, dateline: -4, credit: -4, noise: -100 } as const;
/** A question about a picture is answered under it. */
const ASKED_CAPTION_PRIOR = 1.5;
/** A section's heading has the question's words and never the answer. */
const SECTION_HEADING_PRIOR = -4;
/** "The Return Agency (RAS), which …" says what RAS is before it says anything else of it. */
const DEFINING_PRIOR = 3;
const WEIGHTS = FEATURE_NAMES.map((name) => (weights.ranking as Readonly<Record<string, number>>)[name] ?? 0);

/** A sentence with the evidence for it. */
export interface Ranked extends Compared {
  /** Any real number; higher is better. */
  readonly score: number;
  /** By `FEATURE_NAMES`. */
  readonly features: readonly number[];
  /** The part of the score that the sentence had before anything was asked. */
  readonly prior: number;
}

/** Sentences `[first, end)` that may be searched. */
export interface SentenceRange {
  readonly first: number;
  readonly end: number;
}

/** A search's result: the best sentences first, and the question's words in them. */
export interface Search {
  readonly ranked: readonly Ranked[];
  readonly features: Features;
}

/** How a question is searched. */
export interface SearchOptions {
  /** Only these sentences; all without it. */
  readonly range?: SentenceRange | undefined;
  /** By its words alone: for a question in a language that the model does not read. */
  readonly byWords?: boolean;
}

/** What a question's words say by themselves: the model may be reading it meanwhile. `withMeaning` uses it up. */
export interface WordSearch {
  readonly question: Question;
  readonly lexical: LexicalScores;
  /** The sentences that are nominated by their words, or all of the range. */
  readonly nominees: readonly number[];
  readonly options: SearchOptions;
}

/** Ranks the sentences that may answer a question. */
export function search(
  question: Question,
  embedding: Embedding,
  corpus: Corpus,
  options: SearchOptions = {},
): Search {
  return withMeaning(searchWords(question, corpus, options), embedding, corpus);
}

/** The part of `search` that needs no vector. */
export function searchWords(question: Question, corpus: Corpus, options: SearchOptions = {}): WordSearch {
  const { range } = options;
  const lexical = lexicalScores(question, corpus);
  const nominees = range === undefined ? highest(lexical, corpus) : between(range.first, range.end);
  return { question, lexical, nominees, options };
}

/** The rest of `search`. */
export function withMeaning(words: WordSearch, embedding: Embedding, corpus: Corpus): Search {
  const { question, lexical, options } = words;
  const compared = firstAtSight(words, embedding.vector, corpus).map((candidate) => ({
    ...candidate,
    near: interact(embedding.tokenVectors, corpus.tokenVectors(candidate.sentence), corpus.dimensions),
  }));
  forget(lexical, corpus);
  const features = new Features(question, corpus, piecesOf(question, embedding), compared);
  const ranked = compared
    .map((candidate) => rank(candidate, features, question, corpus))
    .map((one) => (options.byWords ? { ...one, score: firstSight(one, true) + one.prior } : one));
  return { ranked: ranked.sort((a, b) => b.score - a.score), features };
}

function rank(candidate: Compared, features: Features, question: Question, corpus: Corpus): Ranked {
  const values = features.read(candidate);
  const evidence = values.reduce((sum, value, i) => sum + value * (WEIGHTS[i] ?? 0), 0);
  const isDefining = question.asksForDefinition && defines(features.find(candidate.sentence));
  const prior = priorOf(candidate.sentence, question, corpus) + (isDefining ? DEFINING_PRIOR : 0);
  return { ...candidate, features: values, prior, score: evidence + prior };
}

/** What the kind of a sentence's block says before its words are looked at. */
function priorOf(id: number, question: Question, corpus: Corpus): number {
  const sentence = corpus.sentences.at(id);
  const block = corpus.seeds[sentence?.seed ?? 0]?.seed.blocks[sentence?.block ?? 0];
  const { kind = 'body', level = 0 } = block ?? {};
  if (level > 1) return SECTION_HEADING_PRIOR;
  if (kind === 'caption' && question.asksForPicture) return ASKED_CAPTION_PRIOR;
  return kind === 'body' ? 0 : KIND_PRIOR[kind];
}

/** The weighted hybrid that `npm run eval` prints as its floor; without the cosines by words alone. */
function firstSight(candidate: Candidate, byWords: boolean): number {
  const { cosine, passageCosine, lexical, passageLexical } = candidate;
  if (byWords) return lexical + PASSAGE_WEIGHT * passageLexical;
  return (
    cosine + LEXICAL_WEIGHT * lexical + PASSAGE_WEIGHT * (passageCosine + LEXICAL_WEIGHT * passageLexical)
  );
}

/** Those of all nominees that are best at first sight. */
function firstAtSight(words: WordSearch, vector: Float32Array, corpus: Corpus): Omit<Compared, 'near'>[] {
  const { lexical, options } = words;
  const { sentences, passageCosines } = nominees(words, vector, corpus);
  const cosineOf = (sentence: number) => dot(corpus.sentenceVector(sentence), vector);
  const cosines: number[] = [];
  const candidateAt = (place: number): Candidate => {
    const sentence = sentences[place] ?? 0;
    const passage = corpus.passageOf[sentence] ?? 0;
    const passageCosine = passageCosines.get(passage) ?? dot(corpus.passageVector(passage), vector);
    passageCosines.set(passage, passageCosine);
    return {
      sentence,
      cosine: cosines[place] ?? 0,
      passageCosine,
      lexical: lexical.sentences[sentence] ?? 0,
      passageLexical: lexical.passages[passage] ?? 0,
    };
  };
  const best = new Best(COMPARED);
  for (let place = 0; place < sentences.length; place++) {
    cosines.push(cosineOf(sentences[place] ?? 0));
    best.offer(place, firstSight(candidateAt(place), options.byWords === true));
  }
  // Neighbours are mostly nominated together.
  const cosineBeside = (place: number, sentence: number) =>
    sentences[place] === sentence ? (cosines[place] ?? 0) : cosineOf(sentence);
  return best.ranked().map(({ id: place }) => {
    const candidate = candidateAt(place);
    const { sentence } = candidate;
    const { firstSentence = 0, endSentence = 0 } = corpus.passages.at(corpus.passageOf[sentence] ?? 0) ?? {};
    return {
      ...candidate,
      previousCosine: sentence > firstSentence ? cosineBeside(place - 1, sentence - 1) : 0,
      nextCosine: sentence + 1 < endSentence ? cosineBeside(place + 1, sentence + 1) : 0,
    };
  });
}

interface Nominees {
  /** Each once: those of the nearest passages, then those by their words. */
  readonly sentences: readonly number[];
  /** As far as they are known. */
  readonly passageCosines: Map<number, number>;
}

function nominees({ nominees, options }: WordSearch, vector: Float32Array, corpus: Corpus): Nominees {
  const passageCosines = new Map<number, number>();
  if (options.range !== undefined) return { sentences: nominees, passageCosines };
  const sentences: number[] = [];
  for (const { id, score } of corpus.passageIndex.search(vector, NEAREST_PASSAGES)) {
    passageCosines.set(id, score);
    const { firstSentence = 0, endSentence = 0 } = corpus.passages.at(id) ?? {};
    for (let sentence = firstSentence; sentence < endSentence; sentence++) sentences.push(sentence);
  }
  for (const sentence of nominees) {
    if (!passageCosines.has(corpus.passageOf[sentence] ?? 0)) sentences.push(sentence);
  }
  return { sentences, passageCosines };
}

/** The sentences with the best words, in themselves and in their passage. */
function highest({ sentences, passages, found }: LexicalScores, corpus: Corpus): number[] {
  const best = new Best(LEXICAL_SENTENCES);
  for (const id of found) {
    const passage = passages[corpus.passageOf[id] ?? 0] ?? 0;
    best.offer(id, (sentences[id] ?? 0) + PASSAGE_WEIGHT * passage);
  }
  return best.ranked().map(({ id }) => id);
}

function between(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, i) => start + i);
}
