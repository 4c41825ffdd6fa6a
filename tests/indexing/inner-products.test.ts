import fc from 'fast-check';
import { expect, test } from 'vitest';
import { innerProduct } from '../../src/embedding/pooling.ts';
import { InnerProducts } from './inner-products.ts';

const number = fc.float({ min: -10, max: 10, noNaN: true });

/** One after the other, as a process has it. */
const products = new InnerProducts();

function productsOf(rows: readonly number[], other: readonly number[]): number[] {
  const count = rows.length / other.length;
  const vector = Float32Array.from(other);
  return Array.from({ length: count }, (_, i) =>
    innerProduct(Float32Array.from(rows), i * other.length, vector),
  );
}

function expectNear(found: Float32Array, expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [i, value] of found.entries()) expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 2);
}

test('gives what adding up one by one gives, whatever the length of a row and the number of rows', () => {
  const cases = fc
    .record({ dimensions: fc.integer({ min: 1, max: 50 }), rows: fc.integer({ min: 0, max: 20 }) })
    .chain(({ dimensions, rows }) =>
      fc.record({
        dimensions: fc.constant(dimensions),
        row: fc.array(number, { minLength: dimensions, maxLength: dimensions }),
        rows: fc.array(number, { minLength: dimensions * rows, maxLength: dimensions * rows }),
      }),
    );
  fc.assert(
    fc.property(cases, ({ dimensions, row, rows }) => {
      products.setRows(Float32Array.from(rows), dimensions);
      for (const other of [row.map(() => 1), row]) {
        expectNear(products.with(Float32Array.from(other)), productsOf(rows, other));
      }
    }),
  );
});

test('takes many rows after few', () => {
  for (const rows of [1, 254, 3]) {
    products.setRows(new Float32Array(rows * 1024).fill(0.5), 1024);
    expect([...products.with(new Float32Array(1024).fill(2))]).toEqual(new Array(rows).fill(1024));
  }
});
