import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dot, normaliseRows } from '../../src/embedding/pooling.ts';
import { PieceProducts } from '../../src/retrieval/piece-products.ts';

/** One after the other, as a process has it. */
const products = new PieceProducts();

const cases = fc
  .record({
    dimensions: fc.integer({ min: 1, max: 50 }),
    pieces: fc.integer({ min: 0, max: 10 }),
    rows: fc.integer({ min: 0, max: 10 }),
  })
  .chain(({ dimensions, pieces, rows }) =>
    fc.record({
      dimensions: fc.constant(dimensions),
      asked: numbers(fc.double({ min: -1, max: 1, noNaN: true }), dimensions * pieces),
      matrix: numbers(fc.integer({ min: -127, max: 127 }), dimensions * rows),
    }),
  );

function numbers(each: fc.Arbitrary<number>, count: number): fc.Arbitrary<number[]> {
  return fc.array(each, { minLength: count, maxLength: count });
}

function rowsOf(matrix: Float32Array, dimensions: number): Float32Array[] {
  return Array.from({ length: matrix.length / dimensions }, (_, row) =>
    matrix.subarray(row * dimensions, (row + 1) * dimensions),
  );
}

test('gives the cosines that adding up one by one gives, whatever the length and the number of rows', () => {
  fc.assert(
    fc.property(cases, ({ dimensions, asked, matrix }) => {
      const question = normaliseRows(Float32Array.from(asked), dimensions);
      products.ask(question, dimensions);
      const found = products.with(Int8Array.from(matrix));
      const sentence = normaliseRows(Float32Array.from(matrix), dimensions);
      const expected = rowsOf(sentence, dimensions).flatMap((row) =>
        rowsOf(question, dimensions).map((piece) => dot(row, piece)),
      );
      expect(found).toHaveLength(expected.length);
      for (const [i, cosine] of found.entries()) expect(cosine).toBeCloseTo(expected[i] ?? Number.NaN, 4);
    }),
  );
});

test('adds up the largest numbers that there are, of vectors longer than any model gives', () => {
  for (const dimensions of [384, 1024, 4096]) {
    for (const sign of [1, -1]) {
      const piece = new Float32Array(dimensions).fill(sign / Math.sqrt(dimensions));
      products.ask(piece, dimensions);
      expect(products.with(new Int8Array(dimensions).fill(127))[0]).toBeCloseTo(sign, 5);
    }
  }
});

test('takes a question as long as the model reads, after a short one', () => {
  for (const pieces of [1, 254, 3]) {
    products.ask(new Float32Array(pieces * 384).fill(0.5), 384);
    const found = products.with(new Int8Array(2 * 384).fill(3));
    expect(found).toHaveLength(2 * pieces);
    for (const cosine of found) expect(cosine).toBeCloseTo(0.5 * Math.sqrt(384), 3);
  }
});
