import { mkdtemp, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { openVectors } from '../../src/indexing/stored-rows.ts';

const DIMENSIONS = 3;
const ROWS = 20;
const vectors = Float32Array.from({ length: ROWS * DIMENSIONS }, (_, i) => i);
const rowOf = (id: number) => [...vectors.subarray(id * DIMENSIONS, (id + 1) * DIMENSIONS)];

let file: string;
beforeAll(async () => {
  file = path.join(await mkdtemp(path.join(inject('runFolder'), 'rows-')), 'rows.f32');
  await writeFile(file, new Uint8Array(vectors.buffer));
});

describe.each([
  ['a file that is kept in memory', vectors.byteLength],
  ['a file that is read when it is asked', 0],
])('vectors in %s', (_, inMemory) => {
  it('are there row by row in any order, however many are read at once, and all together', () => {
    const asked = fc.array(fc.nat(ROWS - 1), { maxLength: 50 });
    fc.assert(
      fc.property(asked, fc.integer({ min: 1, max: ROWS + 5 }), (ids, ahead) => {
        const stored = openVectors(file, DIMENSIONS, ahead, inMemory);
        for (const id of ids) expect([...stored.row(id)]).toEqual(rowOf(id));
        expect(stored.vectors).toEqual(vectors);
      }),
    );
  });
});

it('a row that is gone from the disk is an error, never another row', async () => {
  const short = path.join(path.dirname(file), 'short.f32');
  await writeFile(short, new Uint8Array(vectors.buffer));
  const stored = openVectors(short, DIMENSIONS, 4, 0);
  expect([...stored.row(0)]).toEqual(rowOf(0));
  await truncate(short, vectors.byteLength / 2);
  for (const id of [ROWS - 4, ROWS - 3, ROWS - 4]) expect(() => stored.row(id)).toThrow('ends before byte');
  expect([...stored.row(1)]).toEqual(rowOf(1));
});
