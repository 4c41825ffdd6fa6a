import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestBytes, digestFile } from '../../src/indexing/file-digest.ts';
import {
  CopiedDamage,
  openTokenFile,
  type TokenFile,
  writeTokenFile,
} from '../../src/indexing/token-file.ts';

const MIB = 1024 * 1024;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'liaison-tokens-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the digest of a file', () => {
  it.each([0, 1, 1000, 4 * MIB, 4 * MIB + 1, 9 * MIB + 5])(
    'of %i bytes is that of its bytes',
    async (size) => {
      const bytes = Buffer.alloc(size, 'liaison');
      const file = path.join(folder, 'file');
      await writeFile(file, bytes);
      for (const prefix of [0, size >> 1, Math.min(size, 4 * MIB), size]) {
        expect(await digestFile(file, prefix)).toEqual({
          whole: await digestBytes(bytes),
          prefix: await digestBytes(bytes.subarray(0, prefix)),
        });
      }
    },
  );
});

describe('a file of word-piece vectors', () => {
  const rowOf = (i: number) => Int8Array.from({ length: 10 + (i % 3) }, () => i);
  /** Rows 0 … 9. */
  const writeFirst = async (): Promise<TokenFile> => {
    const name = path.join(folder, 'first');
    const { places, digest } = await writeTokenFile(name, { rows: 10, tokens: rowOf, known: undefined });
    return { ...places, path: name, digest };
  };
  /** Writes what lies in `file` at `from`, and for −1 row 100 + its place. */
  const writeNext = async (file: TokenFile, from: readonly number[]) => {
    const before = openTokenFile(file.path, file);
    const tokens = (row: number) => {
      const old = from[row] ?? -1;
      return old < 0 ? rowOf(100 + row) : before(old);
    };
    const name = path.join(folder, 'next');
    const known = { file, from: Int32Array.from(from) };
    const { places, digest } = await writeTokenFile(name, { rows: from.length, tokens, known });
    const read = openTokenFile(name, places);
    expect(from.map((_, row) => read(row))).toEqual(from.map((_, row) => tokens(row)));
    expect(digest).toBe((await digestFile(name)).whole);
    return (await stat(name)).size;
  };

  it('is copied and appended to, as long as most of it is of use', async () => {
    const file = await writeFirst();
    const { size } = await stat(file.path);
    expect(await writeNext(file, [0, 1, -1, 3, 4, 5, 6, 7, 8])).toBe(size + rowOf(102).length);
  });

  it('is written anew when much of it is not', async () => {
    const file = await writeFirst();
    expect(await writeNext(file, [9, -1, 2])).toBe(rowOf(9).length + rowOf(101).length + rowOf(2).length);
  });

  it('is not copied when it is not what was written', async () => {
    const file = await writeFirst();
    await expect(writeNext({ ...file, digest: 'another' }, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])).rejects.toThrow(
      CopiedDamage,
    );
  });
});
