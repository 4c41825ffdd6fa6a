import { createHash } from 'node:crypto';
import { chunkSeed } from '../chunks/chunk-seed.ts';
import type { Embedder } from '../embedding/embedder.ts';
import type { Seed } from '../seeds/seed.ts';
import type { IndexedPassage, IndexedSeed, IndexedSentence } from './corpus.ts';
import type { Generation, SentenceRows, VectorRows } from './generation.ts';
import { HnswIndex } from './hnsw-index.ts';
import type { EmbeddedText, Journal } from './journal.ts';
import { LexicalIndex } from './lexical-index.ts';
import { sentenceWords } from './terms.ts';
import { quantiseRows } from './token-rows.ts';
import { createTurns } from './turns.ts';

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

/** Texts that go through the model at once: small enough for lively progress, large enough to sort by length. */
const TEXTS_AT_ONCE = 128;
const NO_TOKENS = new Int8Array();

interface Units {
  readonly seeds: readonly IndexedSeed[];
  readonly sentences: readonly IndexedSentence[];
  readonly passages: readonly IndexedPassage[];
}

/**
 * Cuts, embeds and indexes seeds. A text that `previous` has a vector for, made by the same model, keeps it.
 * @param previous its graphs are taken over: nobody may search them any more
 * @param report takes how many of the texts are done
 * @param journal what an interrupted build has embedded; takes what this one does
 * @throws {Error} when the model returns another number of vectors, another length, or a number that is not finite
 */
export async function buildGeneration(
  seeds: readonly Seed[],
  embedder: Embedder,
  previous: Generation | undefined,
  report: (done: number, all: number) => void,
  journal?: Journal,
): Promise<{ generation: Generation; embedded: number }> {
  const units = await cutSeeds(seeds, embedder);
  const textOf = ({ seed, start, end }: IndexedSentence | IndexedPassage) =>
    seeds[seed]?.text.slice(start, end) ?? '';
  const sentences = units.sentences.map(textOf);
  const passages = units.passages.map(textOf);
  const reusable = previous?.fingerprint === embedder.fingerprint ? previous : undefined;
  const all = sentences.length + passages.length;
  const embed = (kind: Kind, texts: readonly string[], before: number) =>
    embedAll({ kind, texts, previous: reusable?.[kind] }, embedder, journal, (done) =>
      report(before + done, all),
    );
  const sentenceRows = await embed('sentences', sentences, 0);
  const passageRows = await embed('passages', passages, sentences.length);
  const { fingerprint, dimensions } = embedder;
  const generation = {
    fingerprint,
    dimensions,
    units,
    sentences: sentenceRows.rows,
    passages: passageRows.rows,
    sentenceGraph: await graphOf(sentenceRows, dimensions, reusable?.sentenceGraph),
    passageGraph: await graphOf(passageRows, dimensions, reusable?.passageGraph),
    lexical: LexicalIndex.build(sentences.map(sentenceWords)),
  };
  return { generation, embedded: sentenceRows.embedded + passageRows.embedded };
}

async function cutSeeds(seeds: readonly Seed[], embedder: Embedder): Promise<Units> {
  const turn = createTurns();
  const units = {
    seeds: [] as IndexedSeed[],
    sentences: [] as IndexedSentence[],
    passages: [] as IndexedPassage[],
  };
  for (const [s, seed] of seeds.entries()) {
    const chunks = chunkSeed(seed, embedder.countTokens, embedder.maxTokens);
    const firstSentence = units.sentences.length;
    const firstPassage = units.passages.length;
    for (const { block, passage, start, end } of chunks.sentences) {
      units.sentences.push({ seed: s, block, passage: firstPassage + passage, start, end });
    }
    for (const { start, end, ...passage } of chunks.passages) {
      units.passages.push({
        seed: s,
        start,
        end,
        firstSentence: firstSentence + passage.firstSentence,
        endSentence: firstSentence + passage.endSentence,
      });
    }
    units.seeds.push({ seed, firstSentence, endSentence: units.sentences.length });
    await turn();
  }
  return units;
}

type Kind = 'sentences' | 'passages';

interface EmbeddedRows {
  /** With no vectors of word pieces for passages. */
  readonly rows: SentenceRows;
  /** How many texts went through the model. */
  readonly embedded: number;
  /** For each row the one before that it was taken from, or −1. */
  readonly from: Int32Array;
}

function graphOf({ rows, from }: EmbeddedRows, dimensions: number, previous: HnswIndex | undefined) {
  return previous === undefined
    ? HnswIndex.build(rows.vectors, dimensions)
    : previous.regrow(rows.vectors, from);
}

async function embedAll(
  {
    kind,
    texts,
    previous,
  }: { kind: Kind; texts: readonly string[]; previous: VectorRows | SentenceRows | undefined },
  embedder: Embedder,
  journal: Journal | undefined,
  report: (done: number) => void,
): Promise<EmbeddedRows> {
  const { dimensions } = embedder;
  const digests = texts.map(digestOf);
  const from = new Int32Array(texts.length).fill(-1);
  const vectors = new Float32Array(texts.length * dimensions);
  const tokens: Int8Array[] = new Array(texts.length);
  const set = (i: number, text: EmbeddedText) => {
    vectors.set(text.vector, i * dimensions);
    tokens[i] = text.tokens;
  };
  const known = rowsByDigest(previous?.digests ?? []);
  const tokensBefore = previous !== undefined && 'tokens' in previous ? previous.tokens : () => NO_TOKENS;
  const keyOf = (i: number) => `${kind} ${digests[i]}`;
  const fresh: number[] = [];
  const turn = createTurns();
  for (const [i, digest] of digests.entries()) {
    const rows = known.get(digest) ?? [];
    // Of a text that stands in many places each place takes its own row, as far as there are any.
    const row = rows.length > 1 ? rows.pop() : rows[0];
    const done = journal?.get(keyOf(i));
    if (previous !== undefined && row !== undefined) {
      from[i] = row;
      const vector = previous.vectors.subarray(row * dimensions, (row + 1) * dimensions);
      set(i, { vector, tokens: tokensBefore(row) });
    } else if (done !== undefined) set(i, done);
    else fresh.push(i);
    await turn();
  }
  fresh.sort((a, b) => (texts[a]?.length ?? 0) - (texts[b]?.length ?? 0));
  for (let at = 0; at < fresh.length; at += TEXTS_AT_ONCE) {
    const batch = fresh.slice(at, at + TEXTS_AT_ONCE);
    const embedded = await embedBatch(
      kind,
      batch.map((i) => texts[i] ?? ''),
      embedder,
    );
    for (const [k, text] of embedded.entries()) set(batch[k] ?? 0, text);
    await journal?.add(embedded.map((text, k) => [keyOf(batch[k] ?? 0), text]));
    report(texts.length - fresh.length + at + batch.length);
    // A model in this process blocks the event loop; signals and timers come through between batches.
    await turn();
  }
  return {
    rows: { digests, vectors, tokens: (row) => tokens[row] ?? NO_TOKENS },
    embedded: fresh.length,
    from,
  };
}

async function embedBatch(kind: Kind, texts: readonly string[], embedder: Embedder): Promise<EmbeddedText[]> {
  const { dimensions } = embedder;
  const embeddings = await embedder.embed(texts);
  if (embeddings.length !== texts.length) {
    throw new Error(`model: ${embeddings.length} of ${texts.length} vectors`);
  }
  return embeddings.map(({ vector, tokenVectors }) => {
    if (vector.length !== dimensions || !vector.every(Number.isFinite)) {
      throw new Error(`model: a vector of ${vector.length} numbers, or one that is not finite`);
    }
    return { vector, tokens: kind === 'passages' ? NO_TOKENS : quantiseRows(tokenVectors, dimensions) };
  });
}

function rowsByDigest(digests: readonly string[]): Map<string, number[]> {
  const rows = new Map<string, number[]>();
  for (const [row, digest] of digests.entries()) {
    const known = rows.get(digest);
    if (known === undefined) rows.set(digest, [row]);
    else known.push(row);
  }
  return rows;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
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
