import fc from 'fast-check';
import { expect, test } from 'vitest';
import { innerProduct } from '../../src/embedding/pooling.ts';
import { InnerProducts } from '../../src/retrieval/inner-products.ts';

const number = fc.float({ min: -10, max: 10, noNaN: true });

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
      const products = new InnerProducts(Float32Array.from(rows), dimensions);
      for (const other of [row.map(() => 1), row]) {
        products.row.set(other);
        const found = products.compute();
        expect(found).toHaveLength(rows.length / dimensions);
        for (const [i, value] of found.entries()) {
          const expected = innerProduct(Float32Array.from(rows), i * dimensions, Float32Array.from(other));
          expect(value).toBeCloseTo(expected, 2);
        }
      }
    }),
  );
});

test('takes a question as long as the model reads, after a short one', () => {
  for (const rows of [1, 254, 3]) {
    const products = new InnerProducts(new Float32Array(rows * 1024).fill(0.5), 1024);
    products.row.fill(2);
    expect([...products.compute()]).toEqual(new Array(rows).fill(1024));
  }
});
