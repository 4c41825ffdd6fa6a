import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseRows } from '../../src/embedding/pooling.ts';
import { HnswIndex } from '../../src/indexing/hnsw-index.ts';
import { roundRows } from '../../src/indexing/rounded-rows.ts';
import { ScanIndex } from '../../src/indexing/scan-index.ts';
import { bytesInMemory } from '../../src/indexing/stored-rows.ts';
import type { VectorIndex } from '../../src/indexing/vector-index.ts';
import { ExactIndex } from './exact-index.ts';

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
  ['scan', scanOf],
  ['HNSW', (vectors, dimensions) => HnswIndex.build(vectors, dimensions)],
  ['regrown HNSW', regrown],
];

async function scanOf(vectors: Float32Array, dimensions: number): Promise<ScanIndex> {
  const { buffer } = await roundRows(vectors, dimensions);
  const row = (id: number) => vectors.subarray(id * dimensions, (id + 1) * dimensions);
  return new ScanIndex(bytesInMemory(new Uint8Array(buffer)), row, dimensions);
}

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

describe('the scan beside its oracle', () => {
  /** As many near copies of few vectors as come: there the graph misses most. */
  function nearCopies(size: number, dimensions: number, originals: number, noise: number, seed: number) {
    const next = numbers(seed);
    const first = Float32Array.from({ length: originals * dimensions }, () => next() - 0.5);
    normaliseRows(first, dimensions);
    const copies = Float32Array.from({ length: size * dimensions }, (_, i) => {
      const at = (Math.floor(i / dimensions) % originals) * dimensions + (i % dimensions);
      return (first[at] ?? 0) + (2 * noise * (next() - 0.5)) / Math.sqrt(dimensions);
    });
    return normaliseRows(copies, dimensions);
  }

  /** @param within how much farther one that is found may be than the one that is as many-th nearest */
  async function expectNearest(
    vectors: Float32Array,
    queries: Float32Array,
    { dimensions, k, within }: { dimensions: number; k: number; within: number },
  ) {
    const scan = await scanOf(vectors, dimensions);
    const exact = new ExactIndex(vectors, dimensions);
    for (let start = 0; start < queries.length; start += dimensions) {
      const query = queries.slice(start, start + dimensions);
      const found = scan.search(query, k).map(({ score }) => score);
      const wanted = exact.search(query, k).map(({ score }) => score);
      expect(found).toHaveLength(wanted.length);
      found.forEach((score, i) => {
        expect(Math.abs(score - (wanted[i] ?? 2))).toBeLessThan(within);
      });
    }
  }

  /** Both add up with 24 bits. */
  const SAME = 2e-6;
  const sets = (dimensions: [number, number], noise: [number, number]) =>
    fc.record({
      size: fc.integer({ min: 0, max: 600 }),
      dimensions: fc.integer({ min: dimensions[0], max: dimensions[1] }),
      originals: fc.integer({ min: 1, max: 40 }),
      noise: fc.double({ min: noise[0], max: noise[1], noNaN: true }),
      k: fc.constantFrom(10, 64),
      seed: fc.nat(),
    });
  const tryAll = (all: ReturnType<typeof sets>, within: (dimensions: number) => number) =>
    fc.assert(
      fc.asyncProperty(all, ({ size, dimensions, originals, noise, k, seed }) => {
        const vectors = nearCopies(size, dimensions, originals, noise, seed);
        const queries = nearCopies(3, dimensions, 3, 0, seed + 1);
        return expectNearest(vectors, queries, { dimensions, k, within: within(dimensions) });
      }),
    );

  it('finds the same ten and the same 64, whatever the rows, their number and their length', () =>
    tryAll(sets([40, 100], [0.3, 3]), () => SAME));

  it('of more copies than are compared, nearer to one another than rounding tells, finds some as near', () =>
    // A number is off by 1/254 at most, of each of two rows.
    tryAll(sets([1, 50], [0, 0.3]), (dimensions) => (2 * Math.sqrt(dimensions)) / 254 + SAME));

  it('finds them among 20,000 of which each has fifty near copies', async () => {
    const vectors = nearCopies(20_000, 384, 400, 1, 1);
    await expectNearest(vectors, nearCopies(20, 384, 20, 0, 1), { dimensions: 384, k: 64, within: SAME });
  });

  it('finds them when one row among thousands makes the rounding as coarse as can be', async () => {
    const vectors = nearCopies(5000, 384, 100, 1, 2);
    vectors.fill(0, 0, 384)[7] = 1;
    await expectNearest(vectors, nearCopies(20, 384, 20, 0, 2), { dimensions: 384, k: 64, within: SAME });
  });

  /** Many more than are compared exactly whatever their rounded rows say. */
  const many = clusteredVectors(2000, 7);
  const others = clusteredVectors(2000, 8);
  const first = many.slice(0, DIMENSIONS);

  it('keeps two indexes that are searched in turn apart', async () => {
    const [one, other] = [await scanOf(many, DIMENSIONS), await scanOf(others, DIMENSIONS)];
    for (let turn = 0; turn < 3; turn++) {
      expect(one.search(first, 1)[0]?.id).toBe(0);
      expect(other.search(others.slice(0, DIMENSIONS), 1)[0]?.id).toBe(0);
    }
  });

  it('whose rows cannot be read leaves none behind for the one before', async () => {
    const one = await scanOf(many, DIMENSIONS);
    expect(one.search(first, 1)[0]?.id).toBe(0);
    const { rounded } = await scanOf(others, DIMENSIONS);
    const read = (target: Uint8Array) => {
      rounded.read(target, 0);
      throw new Error('the disk is gone');
    };
    const other = new ScanIndex({ ...rounded, read }, () => first, DIMENSIONS);
    expect(() => other.search(first, 1)).toThrow('the disk is gone');
    expect(one.search(first, 1)[0]?.id).toBe(0);
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
