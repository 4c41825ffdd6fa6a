import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LexicalIndex } from '../../src/indexing/lexical-index.ts';
import { PackedArrays, packArrays } from '../../src/indexing/number-arrays.ts';
import { openBytes, openKept } from '../../src/indexing/stored-rows.ts';
import { sentenceWords } from '../../src/indexing/terms.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'liaison-arrays-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function written(bytes: Uint8Array): Promise<string> {
  const file = path.join(folder, 'arrays.bin');
  await writeFile(file, bytes);
  return file;
}

describe.each([
  ['read at once', openKept],
  ['read when they are asked for', openBytes],
])('arrays of a file that are %s', (_, open) => {
  test('are what was packed, whole and in part, and so is what lies beside them', async () => {
    const long = Uint32Array.from({ length: 1001 }, (_, i) => i * 4_000_000);
    const short = Uint16Array.of(1, 65_535, 3);
    const file = await written(packArrays({ short, long, none: new Uint32Array() }, ['words', 7]));
    const packed = new PackedArrays(open(file));
    expect(packed.rest).toEqual(['words', 7]);
    expect(packed.uint32('long')).toEqual(long);
    expect(packed.uint16('short')).toEqual(short);
    expect(packed.uint32('long', 7, 11)).toEqual(long.subarray(7, 11));
    expect(packed.uint16('short', 1, 3)).toEqual(short.subarray(1));
    expect(packed.uint32('none')).toEqual(new Uint32Array());
  });

  test('make a lexical index that finds what the one in memory finds', async () => {
    const sentences = ['The ferry sails at nine.', 'Dogs ride free.', '', 'The ferry returns to the ferry.'];
    const index = LexicalIndex.build(sentences.map(sentenceWords));
    const read = LexicalIndex.read(new PackedArrays(open(await written(index.pack()))));
    expect(read.tables).toEqual(index.tables);
    expect(read.size).toBe(4);
    const ferry = index.idOf('ferri') ?? -1;
    expect(read.idOf('ferri')).toBe(ferry);
    expect(read.frequency(ferry)).toBe(2);
    expect(read.postingsOf(ferry)).toEqual(index.postingsOf(ferry));
    for (const sentence of sentences.keys()) {
      expect(read.wordsOf(sentence)).toEqual(index.wordsOf(sentence));
      expect(read.classesOf(sentence)).toEqual(index.classesOf(sentence));
    }
  });
});
