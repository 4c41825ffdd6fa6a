import { describe, expect, it } from 'vitest';
import { normaliseRows } from '../../src/embedding/pooling.ts';
import { ExactIndex } from '../../src/indexing/exact-index.ts';
import { HnswIndex } from '../../src/indexing/hnsw-index.ts';
import type { VectorIndex } from '../../src/indexing/vector-index.ts';

const DIMENSIONS = 64;
const LEAST_RECALL = 0.99;

/** Reproducible numbers in 0 … 1 (Numerical Recipes' linear congruential generator). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Unit vectors around a few hundred centres, as texts lie around topics. */
function clusteredVectors(count: number, seed: number): Float32Array {
  const next = numbers(seed);
  const centres = Array.from({ length: 300 }, () => Array.from({ length: DIMENSIONS }, () => next() - 0.5));
  const values = Array.from({ length: count }, () => {
    const centre = centres[Math.floor(next() * centres.length)] ?? [];
    return centre.map((value) => value + 0.5 * (next() - 0.5));
  });
  return normaliseRows(Float32Array.from(values.flat()), DIMENSIONS);
}

type Create = (vectors: Float32Array, dimensions: number) => Promise<VectorIndex>;
const indexes: readonly (readonly [string, Create])[] = [
  ['exact', async (vectors, dimensions) => new ExactIndex(vectors, dimensions)],
  ['HNSW', (vectors, dimensions) => HnswIndex.build(vectors, dimensions)],
  ['regrown HNSW', regrown],
];

/** Over every vector but each tenth, and some that are gone later, in another order; then over `vectors`. */
async function regrown(vectors: Float32Array, dimensions: number): Promise<HnswIndex> {
  const size = vectors.length / dimensions;
  const kept = Array.from({ length: size }, (_, row) => row).filter((row) => row % 10 !== 9);
  const dead = Math.floor(size / 10);
  const before = kept
    .toReversed()
    .flatMap((row) => [...vectors.slice(row * dimensions, (row + 1) * dimensions)]);
  const gone = [...normaliseRows(Float32Array.from({ length: dead * dimensions }, numbers(3)), dimensions)];
  const index = await HnswIndex.build(Float32Array.from([...gone, ...before]), dimensions);
  const from = Int32Array.from({ length: size }, (_, row) =>
    row % 10 === 9 ? -1 : dead + kept.length - 1 - kept.indexOf(row),
  );
  return index.regrow(vectors, from);
}

describe.each(indexes)('the %s index', (_, create) => {
  const axes = Float32Array.from([1, 0, 0, 1, -1, 0]);

  it('returns the nearest first, with their cosines', async () => {
    const found = (await create(axes, 2)).search(Float32Array.from([0.8, 0.6]), 3);
    expect(found.map(({ id }) => id)).toEqual([0, 1, 2]);
    found.forEach(({ score }, i) => {
      expect(score).toBeCloseTo([0.8, 0.6, -0.8][i] ?? 0, 5);
    });
  });

  it('returns all there are when asked for more', async () => {
    expect((await create(axes, 2)).search(Float32Array.from([1, 0]), 500)).toHaveLength(3);
  });

  it('finds nothing in nothing', async () => {
    const empty = await create(new Float32Array(), 2);
    expect(empty.size).toBe(0);
    expect(empty.search(Float32Array.from([1, 0]), 5)).toEqual([]);
  });

  it('refuses a query of another length, or with a number that is not finite', async () => {
    const index = await create(axes, 2);
    expect(() => index.search(Float32Array.from([1]), 1)).toThrow(RangeError);
    expect(() => index.search(Float32Array.from([Number.NaN, 0]), 1)).toThrow(RangeError);
  });
});

describe.each([
  ['HNSW', HnswIndex.build],
  ['regrown HNSW', regrown],
])('%s beside its oracle', (_, create) => {
  it(`has recall@10 of at least ${LEAST_RECALL} on 10,000 vectors`, async () => {
    const vectors = clusteredVectors(10_000, 1);
    const exact = new ExactIndex(vectors, DIMENSIONS);
    const hnsw = await create(vectors, DIMENSIONS);
    const queries = clusteredVectors(200, 2);
    let found = 0;
    for (let q = 0; q < 200; q++) {
      const query = queries.slice(q * DIMENSIONS, (q + 1) * DIMENSIONS);
      const near = new Set(hnsw.search(query, 10).map(({ id }) => id));
      found += exact.search(query, 10).filter(({ id }) => near.has(id)).length;
    }
    expect(found / 2000).toBeGreaterThanOrEqual(LEAST_RECALL);
  });
});

describe('a regrown HNSW index', () => {
  const axes = Float32Array.from([1, 0, 0, 1, -1, 0]);

  it('never finds what is gone, nor loses what was moved', async () => {
    const many = clusteredVectors(200, 5);
    const index = await HnswIndex.build(many, DIMENSIONS);
    const rows = Array.from({ length: 190 }, (_, row) => 199 - row);
    const kept = Float32Array.from(
      rows.flatMap((row) => [...many.slice(row * DIMENSIONS, (row + 1) * DIMENSIONS)]),
    );
    const smaller = await index.regrow(kept, Int32Array.from(rows));
    expect(smaller.size).toBe(190);
    const all = smaller.search(many.slice(0, DIMENSIONS), 200);
    expect(all.map(({ id }) => id).sort((a, b) => a - b)).toEqual(rows.map((_, id) => id));
    rows.forEach((row, id) => {
      const vector = many.slice(row * DIMENSIONS, (row + 1) * DIMENSIONS);
      expect(smaller.search(vector, 1)[0]?.id).toBe(id);
    });
  });

  it('grows out of nothing, shrinks to nothing, and has a vector in many rows', async () => {
    const none = await HnswIndex.build(new Float32Array(), 2);
    const three = await none.regrow(axes, Int32Array.from([-1, -1, -1]));
    expect(three.search(Float32Array.from([0, 1]), 1)[0]?.id).toBe(1);
    const twice = await three.regrow(Float32Array.from([...axes, 0, 1]), Int32Array.from([0, 1, 2, 1]));
    const found = twice.search(Float32Array.from([0, 1]), 2).map(({ id }) => id);
    expect(found.sort()).toEqual([1, 3]);
    const empty = await twice.regrow(new Float32Array(), new Int32Array());
    expect(empty.search(Float32Array.from([0, 1]), 3)).toEqual([]);
  });
});
