import { chunkSeed } from '../chunks/chunk-seed.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { buildGeneration } from '../indexing/build.ts';
import { corpusOf } from '../indexing/corpus.ts';
import type { BlockKind, Seed } from '../seeds/seed.ts';
import { sampleQuestions } from './sample-questions.ts';
import { SeedLibrary } from './seed-library.ts';

/** A question that an article answers by itself, with the words that it answers in. */
export interface Sample {
  readonly question: string;
  readonly quote: string;
}

/** How an article would be read. */
export interface SeedPreview {
  readonly blocks: Readonly<Record<BlockKind, number>>;
  readonly sentences: number;
  readonly passages: number;
  /** At most three. */
  readonly samples: readonly Sample[];
  /** Whether the samples were asked of the article's beginning only, for it is long. */
  readonly beginningOnly: boolean;
}

const MAX_SAMPLES = 3;
/** A long article is tried by its beginning, for the one who waits: some seconds of the model's time. */
const MAX_SENTENCES_TRIED = 200;

/**
 * Reads an article as it would be read, and asks it sample questions that were made of its own sentences.
 * @param folder where its file lies
 */
export async function previewSeed(folder: string, seed: Seed, embedder: Embedder): Promise<SeedPreview> {
  const chunks = chunkSeed(seed, embedder.countTokens, embedder.maxTokens);
  const blocks = { headline: 0, dateline: 0, body: 0, caption: 0, credit: 0, noise: 0 };
  for (const { kind, repeated } of seed.blocks) if (!repeated) blocks[kind] += 1;
  const beginningOnly = chunks.sentences.length > MAX_SENTENCES_TRIED;
  const lastBlock = chunks.sentences[MAX_SENTENCES_TRIED]?.block ?? seed.blocks.length;
  const tried = beginningOnly ? { ...seed, blocks: seed.blocks.slice(0, Math.max(1, lastBlock)) } : seed;
  return {
    blocks,
    sentences: chunks.sentences.length,
    passages: chunks.passages.length,
    samples: await samplesOf(folder, tried, embedder),
    beginningOnly,
  };
}

/** Only questions whose answer begins with the sentence that they were made of. */
async function samplesOf(folder: string, seed: Seed, embedder: Embedder): Promise<Sample[]> {
  const chunks = chunkSeed(seed, embedder.countTokens, embedder.maxTokens);
  const candidates = chunks.sentences.length > MAX_SENTENCES_TRIED * 2 ? [] : sampleQuestions(chunks);
  if (candidates.length === 0) return [];
  const library = await libraryOf(folder, seed, embedder);
  const samples: Sample[] = [];
  for (const { question, from } of candidates) {
    if (samples.length === MAX_SAMPLES) break;
    const { outcome, quotes } = await library.ask(question);
    const [first] = quotes;
    if (outcome !== 'answered' || first === undefined) continue;
    if (first.start < from.end && from.start < first.end) samples.push({ question, quote: first.text });
  }
  return samples;
}

/** The article by itself, in memory. */
async function libraryOf(folder: string, seed: Seed, embedder: Embedder): Promise<SeedLibrary> {
  const { generation } = await buildGeneration([seed], embedder);
  const { units } = generation;
  return new SeedLibrary(folder, corpusOf(generation), embedder, {
    generation: 'preview',
    builtAt: new Date().toISOString(),
    sentences: units.sentences.length,
    passages: units.passages.length,
    model: '',
    sentencesBySeed: new Map(),
  });
}
