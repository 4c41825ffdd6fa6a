import type { Embedder } from '../embedding/embedder.ts';
import type { Seed } from '../seeds/seed.ts';
import { createTurns } from '../seeds/turns.ts';
import type { IndexedPassage, IndexedSentence } from './corpus.ts';
import { cutSeeds, type PreviousUnits } from './cut-seeds.ts';
import type { Generation, SentenceRows, VectorRows } from './generation.ts';
import { HnswIndex } from './hnsw-index.ts';
import type { EmbeddedText, Journal, NewText } from './journal.ts';
import { LexicalBuilder, type LexicalIndex } from './lexical-index.ts';
import { digestOf, type Kind, keyOf, type Plan, planRows } from './plan-rows.ts';
import { sentenceWords } from './terms.ts';
import { quantiseRows } from './token-rows.ts';

/** What a build did, in seeds. */
export interface IndexReport {
  readonly added: number;
  readonly updated: number;
  readonly removed: number;
  readonly unchanged: number;
  /** Sentences and passages in the new generation. */
  readonly sentences: number;
  readonly passages: number;
  /** Texts that went through the model. */
  readonly embedded: number;
  readonly seconds: number;
}

/** Texts that go through the model at once: small enough for lively progress, and to be cancelled in a second or two. */
const TEXTS_AT_ONCE = 32;
const NO_TOKENS = new Int8Array();
/** Between two looks at the clock, where a row takes next to nothing. */
const ROWS_A_LOOK = 1000;

/** How far a build is. */
export type BuildProgress =
  /** Cut into so many texts, of which so many must go through the model. */
  | { readonly phase: 'chunked'; readonly texts: number; readonly fresh: number }
  | { readonly phase: 'embedded'; readonly done: number; readonly all: number };

export interface BuildOptions {
  readonly progress?: ((progress: BuildProgress) => void) | undefined;
  /** What an interrupted build has embedded; takes what this one does. */
  readonly journal?: Journal | undefined;
  /** Once aborted, nothing more is embedded, and the build ends with `Cancelled`. */
  readonly signal?: AbortSignal | undefined;
  /** Id of a seed of which nothing is taken over. */
  readonly anew?: string | undefined;
}

/** The build was told to end; what it had embedded stays in the journal. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  readonly embedded: number;

  constructor(embedded: number) {
    super('the build was cancelled');
    this.embedded = embedded;
  }
}

/** What a build takes over from an older generation. */
export interface Previous extends Omit<Generation, 'units'> {
  readonly units: PreviousUnits;
}

/**
 * Cuts, embeds and indexes seeds. A seed that `previous` has as it is now is taken over whole; a text that it has a
 * vector for, made by the same model, keeps it.
 * @param previous its graphs are taken over: nobody may search them any more
 * @throws {Error} when the model returns another number of vectors, another length, or a number that is not finite
 */
export async function buildGeneration(
  seeds: readonly Seed[],
  embedder: Embedder,
  previous?: Previous,
  options: BuildOptions = {},
): Promise<{ generation: Generation; embedded: number }> {
  const { fingerprint, dimensions } = embedder;
  const reusable = previous?.fingerprint === fingerprint ? previous : undefined;
  const known = reusable && withoutSeed(reusable.units, options.anew);
  // What was a passage fits the model: to count its word pieces takes longer than to know it again.
  const fitting = new Set(reusable?.passages.digests);
  const countTokens = (text: string) => (fitting.has(digestOf(text)) ? 1 : embedder.countTokens(text));
  const { units, sentenceRows, passageRows } = await cutSeeds(seeds, { ...embedder, countTokens }, known);
  const textOf = ({ seed, start, end }: IndexedSentence | IndexedPassage) =>
    seeds[seed]?.text.slice(start, end) ?? '';
  const planOf = (kind: Kind, kept: readonly number[]) => {
    const anew = units[kind].map(({ seed }) => seeds[seed]?.id === options.anew);
    return planRows({ kind, texts: units[kind].map(textOf), kept, anew }, reusable?.[kind], options.journal);
  };
  const sentences = await planOf('sentences', sentenceRows);
  const passages = await planOf('passages', passageRows);
  await embedFresh([sentences, passages], embedder, options);
  const generation = {
    fingerprint,
    dimensions,
    units,
    sentences: await rowsOf(sentences, dimensions, reusable?.sentences),
    passages: await rowsOf(passages, dimensions, reusable?.passages),
    lexical: await wordsOf(sentences, reusable),
  };
  const passageGraph = await graphOf(generation.passages, passages.from, dimensions, reusable?.passageGraph);
  const embedded = sentences.fresh.length + passages.fresh.length;
  return { generation: { ...generation, passageGraph }, embedded };
}

function withoutSeed(units: PreviousUnits, id: string | undefined): PreviousUnits {
  return id === undefined ? units : { ...units, seeds: units.seeds.filter(({ seed }) => seed.id !== id) };
}

/** Lets what is new go through the model, the journal taking it batch by batch. */
async function embedFresh(
  plans: readonly Plan[],
  embedder: Embedder,
  { progress, journal, signal }: BuildOptions,
): Promise<void> {
  const turn = createTurns();
  const all = plans.reduce((sum, { fresh }) => sum + fresh.length, 0);
  progress?.({
    phase: 'chunked',
    texts: plans.reduce((sum, { texts }) => sum + texts.length, 0),
    fresh: all,
  });
  let done = 0;
  for (const { kind, texts, digests, made, fresh } of plans) {
    for (let at = 0; at < fresh.length; at += TEXTS_AT_ONCE) {
      if (signal?.aborted) throw new Cancelled(done);
      const rows = fresh.slice(at, at + TEXTS_AT_ONCE);
      const wanted = rows.map((i) => ({ key: keyOf(kind, digests[i] ?? ''), text: texts[i] ?? '' }));
      const come = await embedBatch(kind, wanted, embedder);
      const embedded = (await journal?.add(come)) ?? come.map(inMemory);
      for (const [k, text] of embedded.entries()) made.set(rows[k] ?? 0, text);
      done += rows.length;
      progress?.({ phase: 'embedded', done, all });
      // A model in this process blocks the event loop; signals and timers come through between batches.
      await turn();
    }
  }
  if (signal?.aborted) throw new Cancelled(done);
}

/** Where there is no journal that could keep it. */
function inMemory({ vector, tokens }: NewText): EmbeddedText {
  return { vector, tokens: () => tokens };
}

async function embedBatch(
  kind: Kind,
  wanted: readonly { readonly key: string; readonly text: string }[],
  embedder: Embedder,
): Promise<NewText[]> {
  const { dimensions } = embedder;
  const embeddings = await embedder.embed(wanted.map(({ text }) => text));
  if (embeddings.length !== wanted.length) {
    throw new Error(`model: ${embeddings.length} of ${wanted.length} vectors`);
  }
  return embeddings.map(({ vector, tokenVectors }, i) => {
    if (vector.length !== dimensions || !vector.every(Number.isFinite)) {
      throw new Error(`model: a vector of ${vector.length} numbers, or one that is not finite`);
    }
    const tokens = kind === 'passages' ? NO_TOKENS : quantiseRows(tokenVectors, dimensions);
    return { key: wanted[i]?.key ?? '', vector, tokens };
  });
}

/** The rows of a plan, those that are taken over included. Word pieces are looked up where they lie. */
async function rowsOf(
  { digests, from, made }: Plan,
  dimensions: number,
  previous: VectorRows | SentenceRows | undefined,
): Promise<SentenceRows> {
  const turn = createTurns();
  const vectors = new Float32Array(digests.length * dimensions);
  for (const [i, row] of from.entries()) {
    const vector = row < 0 ? made.get(i)?.vector : previous?.row(row);
    if (vector !== undefined) vectors.set(vector, i * dimensions);
    if (i % ROWS_A_LOOK === 0) await turn();
  }
  const before = previous !== undefined && 'tokens' in previous ? previous : { tokens: () => NO_TOKENS };
  const tokens = (i: number) => made.get(i)?.tokens() ?? before.tokens(from[i] ?? -1);
  const stored = 'stored' in before && before.stored ? lyingIn(before.stored, from) : undefined;
  const row = (id: number) => vectors.subarray(id * dimensions, (id + 1) * dimensions);
  return { digests, vectors, row, tokens, stored };
}

/** Where rows that were taken over lie on the disk. */
function lyingIn(
  { file, from }: NonNullable<SentenceRows['stored']>,
  taken: Int32Array,
): SentenceRows['stored'] {
  return { file, from: taken.map((row) => (row < 0 ? -1 : (from[row] ?? -1))) };
}

/** The words of the sentences; those of a sentence that is taken over need no stemming. */
async function wordsOf({ texts, from }: Plan, previous: Previous | undefined): Promise<LexicalIndex> {
  const turn = createTurns();
  const builder = new LexicalBuilder(previous?.lexical);
  for (const [i, text] of texts.entries()) {
    const row = from[i] ?? -1;
    if (row < 0) builder.add(sentenceWords(text));
    else builder.take(row);
    await turn();
  }
  return builder.finish();
}

function graphOf(
  { vectors }: VectorRows,
  from: Int32Array,
  dimensions: number,
  previous: HnswIndex | undefined,
): Promise<HnswIndex> {
  return previous === undefined ? HnswIndex.build(vectors, dimensions) : previous.regrow(vectors, from);
}

/** Compares two lists of seeds, by id and digest of the file. */
export function compareSeeds(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Pick<IndexReport, 'added' | 'updated' | 'removed' | 'unchanged'> {
  const ids = [...after.keys()];
  const unchanged = ids.filter((id) => before.get(id) === after.get(id)).length;
  const added = ids.filter((id) => !before.has(id)).length;
  const removed = [...before.keys()].filter((id) => !after.has(id)).length;
  return { added, updated: ids.length - added - unchanged, removed, unchanged };
}
