import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Best } from '../../src/indexing/best.ts';

const values = fc.array(fc.integer({ min: 0, max: 5 }));

test('keeps what a sort of all would put first, of equals the lower id', () => {
  fc.assert(
    fc.property(values, fc.nat(8), (offered, k) => {
      const best = new Best(k);
      for (const [id, value] of offered.entries()) best.offer(id, value);
      const sorted = offered
        .map((value, id) => ({ id, value }))
        .sort((a, b) => b.value - a.value || a.id - b.id);
      expect(best.ranked()).toEqual(sorted.slice(0, k));
    }),
  );
});
