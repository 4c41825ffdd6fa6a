import type { Embedder } from '../embedding/embedder.ts';
import type { Seed } from '../seeds/seed.ts';
import { createTurns } from '../seeds/turns.ts';
import type { IndexedPassage, IndexedSentence } from './corpus.ts';
import { cutSeeds, type PreviousUnits } from './cut-seeds.ts';
import type { Generation, VectorRows } from './generation.ts';
import type { HnswIndex } from './hnsw-index.ts';
import type { EmbeddedText, Journal, NewText } from './journal.ts';
import { LexicalBuilder, type LexicalIndex } from './lexical-index.ts';
import { UnusableGeneration } from './manifest.ts';
import { growGraph } from './passage-graph.ts';
import { digestOf, type Plan, planRows } from './plan-rows.ts';
import { roundRows } from './rounded-rows.ts';
import { ScanIndex } from './scan-index.ts';
import { sentenceRowsOf, sentencesBefore } from './sentence-rows.ts';
import { bytesInMemory } from './stored-rows.ts';
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
  /** Passages that went through the model. */
  readonly embedded: number;
  readonly seconds: number;
}

/** Texts that go through the model at once: small enough for lively progress, and to be cancelled in a second or two. */
const TEXTS_AT_ONCE = 32;
/** Between two looks at the clock, where a row takes next to nothing. */
const ROWS_A_LOOK = 1000;

/** How far a build is. */
export type BuildProgress =
  /** Cut into so many passages, of which so many must go through the model. */
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
export interface Previous extends Omit<Generation, 'units' | 'passageIndex'> {
  readonly units: PreviousUnits;
}

/**
 * Cuts, embeds and indexes seeds. A seed that `previous` has as it is now is taken over whole; a text that it has a
 * vector for, made by the same model, keeps it.
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
  const { units, passageRows } = await cutSeeds(seeds, { ...embedder, countTokens }, known);
  const textOf = ({ seed, start, end }: IndexedSentence | IndexedPassage) =>
    seeds[seed]?.text.slice(start, end) ?? '';
  const plan = await planRows(
    {
      texts: units.passages.map(textOf),
      kept: passageRows,
      anew: units.passages.map(({ seed }) => seeds[seed]?.id === options.anew),
      isCutAlike: (passage, row) => isCutAlike(cutOf(units, passage), cutOf(reusable?.units, row)),
    },
    reusable?.passages,
    options.journal,
  );
  await embedFresh(plan, embedder, options);
  const passages = await passageRowsOf(plan, dimensions, reusable?.passages);
  const source = { units, passages: plan, previous: reusable };
  const from = sentencesBefore(source);
  const generation = {
    fingerprint,
    dimensions,
    units,
    sentences: await sentenceRowsOf(source, from, embedder, passages.row),
    passages,
    lexical: await wordsOf(units.sentences.map(textOf), from, reusable),
    passageIndex: await scanOf(passages, dimensions),
    passageGraph: async () => growGraph(passages.vectors, plan.from, dimensions, await graphBefore(reusable)),
  };
  return { generation, embedded: plan.fresh.length };
}

/** A passage's sentences, by their places in it. */
function cutOf(units: Omit<PreviousUnits, 'seeds'> | undefined, passage: number): number[] {
  const { start = 0, firstSentence = 0, endSentence = 0 } = units?.passages.at(passage) ?? {};
  const own = units?.sentences.slice(firstSentence, endSentence) ?? [];
  return own.flatMap((sentence) => [sentence.start - start, sentence.end - start]);
}

function isCutAlike(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((place, i) => place === other[i]);
}

function withoutSeed(units: PreviousUnits, id: string | undefined): PreviousUnits {
  return id === undefined ? units : { ...units, seeds: units.seeds.filter(({ seed }) => seed.id !== id) };
}

/** Lets what is new go through the model, the journal taking it batch by batch. */
async function embedFresh(
  { texts, digests, made, fresh }: Plan,
  embedder: Embedder,
  { progress, journal, signal }: BuildOptions,
): Promise<void> {
  const turn = createTurns();
  progress?.({ phase: 'chunked', texts: texts.length, fresh: fresh.length });
  for (let at = 0; at < fresh.length; at += TEXTS_AT_ONCE) {
    if (signal?.aborted) throw new Cancelled(at);
    const rows = fresh.slice(at, at + TEXTS_AT_ONCE);
    const wanted = rows.map((i) => ({ key: digests[i] ?? '', text: texts[i] ?? '' }));
    const come = await embedBatch(wanted, embedder);
    const embedded = (await journal?.add(come)) ?? come.map(inMemory);
    for (const [k, text] of embedded.entries()) made.set(rows[k] ?? 0, text);
    progress?.({ phase: 'embedded', done: at + rows.length, all: fresh.length });
    // A model in this process blocks the event loop; signals and timers come through between batches.
    await turn();
  }
  if (signal?.aborted) throw new Cancelled(fresh.length);
}

/** Where there is no journal that could keep it. */
function inMemory({ vector, tokens }: NewText): EmbeddedText {
  return { vector, tokens: () => tokens };
}

async function embedBatch(
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
    return { key: wanted[i]?.key ?? '', vector, tokens: quantiseRows(tokenVectors, dimensions) };
  });
}

/** The rows of a plan, those that are taken over included. */
async function passageRowsOf(
  { digests, from, made }: Plan,
  dimensions: number,
  previous: VectorRows | undefined,
): Promise<VectorRows> {
  const turn = createTurns();
  const vectors = new Float32Array(digests.length * dimensions);
  const row = (id: number) => vectors.subarray(id * dimensions, (id + 1) * dimensions);
  for (const [i, before] of from.entries()) {
    const vector = before < 0 ? made.get(i)?.vector : previous?.row(before);
    if (vector !== undefined) row(i).set(vector);
    if (i % ROWS_A_LOOK === 0) await turn();
  }
  return { digests, vectors, row };
}

/** The words of the sentences; those of a sentence that is taken over need no stemming. */
async function wordsOf(
  texts: readonly string[],
  from: Int32Array,
  previous: Previous | undefined,
): Promise<LexicalIndex> {
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

async function scanOf({ vectors, row }: VectorRows, dimensions: number): Promise<ScanIndex> {
  const { buffer } = await roundRows(vectors, dimensions);
  return new ScanIndex(bytesInMemory(new Uint8Array(buffer)), row, dimensions);
}

/** A graph that was damaged since its generation was read is made anew from the vectors. */
function graphBefore(previous: Previous | undefined): Promise<HnswIndex | undefined> | undefined {
  return previous?.passageGraph().catch((error: unknown) => {
    if (error instanceof UnusableGeneration) return undefined;
    throw error;
  });
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
