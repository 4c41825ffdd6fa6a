import { closeSync, constants, openSync, readSync } from 'node:fs';
import { copyFile, open, stat, writeFile } from 'node:fs/promises';
import { digestFile, type FileDigest } from './file-digest.ts';

/** Rows are written so many bytes at a time, or a little more. */
const WRITE_BYTES = 4 * 1024 * 1024;
/** Share of a file that may be rows that nobody has any more, before it is written anew. */
const MAX_DEAD_SHARE = 0.3;

/** Where the word-piece vectors of rows lie in a file, in bytes. */
export interface Places {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
}

/** A file that holds the word-piece vectors of rows, and where. */
export interface TokenFile extends Places {
  readonly path: string;
  readonly digest: string;
}

/** Rows to be written, some of which lie in another file already. */
export interface TokenSource {
  readonly rows: number;
  readonly tokens: (row: number) => Int8Array;
  readonly known: { readonly file: TokenFile; readonly from: Int32Array } | undefined;
}

/** The file was copied from one that is not what was written. */
export class CopiedDamage extends Error {
  override readonly name = 'CopiedDamage';
}

/**
 * Writes the word-piece vectors of rows to a new file. Where most of them lie in an older file that one is copied, which
 * the file system does at once, and only the others are written behind it.
 * @throws {CopiedDamage} when the older file is not what was written
 */
export async function writeTokenFile(
  path: string,
  source: TokenSource,
): Promise<{ places: Places; digest: string }> {
  const { known, rows } = source;
  const copied = known === undefined || (await isMostlyDead(known)) ? undefined : known;
  const places = { starts: new Float64Array(rows), ends: new Float64Array(rows) };
  let size = 0;
  if (copied === undefined) await writeFile(path, '');
  else {
    await copyFile(copied.file.path, path, constants.COPYFILE_FICLONE);
    ({ size } = await stat(path));
    for (const [row, before] of copied.from.entries()) {
      if (before < 0) continue;
      places.starts[row] = copied.file.starts[before] ?? 0;
      places.ends[row] = copied.file.ends[before] ?? 0;
    }
  }
  await append(path, size, source, places, (row) => (copied?.from[row] ?? -1) < 0);
  const { whole, prefix }: FileDigest = await digestFile(path, size);
  if (copied !== undefined && prefix !== copied.file.digest) {
    throw new CopiedDamage(`${copied.file.path} is not what was written`);
  }
  return { places, digest: whole };
}

async function isMostlyDead({ file, from }: NonNullable<TokenSource['known']>): Promise<boolean> {
  const alive = new Set(from);
  alive.delete(-1);
  let bytes = 0;
  for (const row of alive) bytes += (file.ends[row] ?? 0) - (file.starts[row] ?? 0);
  const { size } = await stat(file.path);
  return bytes < (1 - MAX_DEAD_SHARE) * size;
}

async function append(
  path: string,
  size: number,
  { rows, tokens }: TokenSource,
  { starts, ends }: Places,
  wanted: (row: number) => boolean,
): Promise<void> {
  const file = await open(path, 'a');
  try {
    let at = size;
    let waiting: Int8Array[] = [];
    let bytes = 0;
    const write = async () => {
      if (bytes > 0) await file.writev(waiting);
      waiting = [];
      bytes = 0;
    };
    for (let row = 0; row < rows; row++) {
      if (!wanted(row)) continue;
      const vectors = tokens(row);
      starts[row] = at;
      at += vectors.length;
      ends[row] = at;
      waiting.push(vectors);
      bytes += vectors.length;
      if (bytes >= WRITE_BYTES) await write();
    }
    await write();
    await file.sync();
  } finally {
    await file.close();
  }
}

const openFiles = new FinalizationRegistry<number>((handle) => closeSync(handle));

/**
 * Reads rows from a file. It stays open as long as anybody may read it: a generation that answers may be dropped from
 * the folder.
 */
export function openTokenFile(path: string, { starts, ends }: Places): (row: number) => Int8Array {
  const handle = openSync(path, 'r');
  const tokens = (row: number) => {
    const start = starts[row] ?? 0;
    const vectors = new Int8Array((ends[row] ?? 0) - start);
    readSync(handle, vectors, 0, vectors.length, start);
    return vectors;
  };
  openFiles.register(tokens, handle);
  return tokens;
}
