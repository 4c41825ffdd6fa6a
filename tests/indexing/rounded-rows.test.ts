import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RoundedProducts, roundRows, strideOf } from '../../src/indexing/rounded-rows.ts';
import { bytesInMemory } from '../../src/indexing/stored-rows.ts';

/** One after the other, as a process has it. */
const products = new RoundedProducts();
const LARGEST_ASKED = 32767;

const rowsOf = (rounded: Int8Array<ArrayBuffer>) => bytesInMemory(new Uint8Array(rounded.buffer));

test('gives what multiplying whole numbers gives, whatever the length of a row and the number of rows', () => {
  const cases = fc
    .record({ dimensions: fc.integer({ min: 1, max: 70 }), rows: fc.integer({ min: 0, max: 20 }) })
    .chain(({ dimensions, rows }) =>
      fc.record({
        dimensions: fc.constant(dimensions),
        query: fc.int16Array({
          min: -LARGEST_ASKED,
          max: LARGEST_ASKED,
          minLength: dimensions,
          maxLength: dimensions,
        }),
        rows: fc.int8Array({ minLength: rows * dimensions, maxLength: rows * dimensions }),
      }),
    );
  fc.assert(
    fc.property(cases, ({ dimensions, query, rows }) => {
      // Its largest number is as it is: it is not scaled.
      query[0] = LARGEST_ASKED;
      const stride = strideOf(dimensions);
      const count = rows.length / dimensions;
      const padded = new Int8Array(count * stride);
      for (let row = 0; row < count; row++) {
        padded.set(rows.subarray(row * dimensions, (row + 1) * dimensions), row * stride);
      }
      products.setRows(rowsOf(padded), dimensions);
      const wanted = Array.from({ length: count }, (_, row) =>
        query.reduce((sum, number, d) => sum + number * (rows[row * dimensions + d] ?? 0), 0),
      );
      expect([...products.with(Float32Array.from(query))]).toEqual(wanted);
    }),
  );
});

test('rounds all rows by one scale, the largest number of all to 127, and fills them up with zeros', async () => {
  const rounded = await roundRows(Float32Array.from([0.6, -0.8, 0.1, 0, -0.4, 0.8]), 3);
  expect([...rounded.subarray(0, 4)]).toEqual([95, -127, 16, 0]);
  expect([...rounded.subarray(16, 20)]).toEqual([0, -63, 127, 0]);
  expect(rounded).toHaveLength(2 * strideOf(3));
});

test.each([384, 1024, 8192])(
  'holds the largest sums that rows of %i numbers can have',
  async (dimensions) => {
    for (const sign of [1, -1]) {
      const rows = new Float32Array(dimensions).fill(sign);
      products.setRows(rowsOf(await roundRows(rows, dimensions)), dimensions);
      const [sum = 0] = products.with(new Float32Array(dimensions).fill(1));
      expect(sign * sum).toBeGreaterThan(127 * 2000 * dimensions);
      expect(sign * sum).toBe(127 * Math.round(sum / (127 * dimensions * sign)) * dimensions);
    }
  },
);

test('rounds nothing to nothing, and zeros to zeros', async () => {
  expect(await roundRows(new Float32Array(), 384)).toHaveLength(0);
  expect([...(await roundRows(new Float32Array(16), 16))]).toEqual(new Array(16).fill(0));
  products.setRows(rowsOf(await roundRows(new Float32Array(16).fill(1), 16)), 16);
  expect([...products.with(new Float32Array(16))]).toEqual([0]);
});
