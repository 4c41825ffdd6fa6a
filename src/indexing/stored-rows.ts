import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** A file up to this size is kept in memory; of a larger one what is asked for is read then. */
const IN_MEMORY_BYTES = 32 * 1024 * 1024;
/** Most bytes that one call reads. */
const READ_BYTES = 2 ** 30;

const openFiles = new FinalizationRegistry<number>((handle) => closeSync(handle));

/** A file that parts are read of. */
export interface StoredBytes {
  readonly size: number;
  range(start: number, end: number): Uint8Array<ArrayBuffer>;
  /** Fills `target` with what lies from `start` on. */
  read(target: Uint8Array, start: number): void;
  all(): Uint8Array<ArrayBuffer>;
}

/**
 * Opens a file. It stays open as long as anybody may read it: a generation that answers may be moved, or dropped from
 * the folder.
 */
export function openBytes(file: string): StoredBytes {
  const handle = openSync(file, 'r');
  const { size } = fstatSync(handle);
  const stored = {
    size,
    range(start: number, end: number) {
      const bytes = new Uint8Array(end - start);
      stored.read(bytes, start);
      return bytes;
    },
    read(target: Uint8Array, start: number) {
      for (let at = 0; at < target.length; ) {
        const count = readSync(handle, target, at, Math.min(target.length - at, READ_BYTES), start + at);
        if (count === 0) throw new Error(`${file} ends before byte ${start + target.length}`);
        at += count;
      }
    },
    all: () => stored.range(0, size),
  };
  openFiles.register(stored, handle);
  return stored;
}

/** The same of a file that is read at once unless it is large. */
export function openKept(file: string): StoredBytes {
  const bytes = openBytes(file);
  if (bytes.size > IN_MEMORY_BYTES) return bytes;
  return bytesInMemory(bytes.all());
}

/** The same of what is in memory. */
export function bytesInMemory(all: Uint8Array<ArrayBuffer>): StoredBytes {
  return {
    size: all.length,
    range: (start, end) => all.subarray(start, end),
    read: (target, start) => target.set(all.subarray(start, start + target.length)),
    all: () => all,
  };
}

/** Vectors in a file, row by row. */
export interface StoredVectors {
  /** Of a large file it holds until another row is asked for: a question asks for hundreds. */
  row(id: number): Float32Array;
  /** All of them; of a large file, in memory as long as somebody holds them. */
  readonly vectors: Float32Array;
}

/**
 * @param dimensions numbers of a row
 * @param ahead of a large file so many rows are read at once where one is asked for behind the last
 * @param inMemory bytes up to which a file is not large
 */
export function openVectors(
  file: string,
  dimensions: number,
  ahead = 1,
  inMemory = IN_MEMORY_BYTES,
): StoredVectors {
  const bytes = openBytes(file);
  const rowBytes = dimensions * Float32Array.BYTES_PER_ELEMENT;
  if (bytes.size <= inMemory) {
    const vectors = new Float32Array(bytes.all().buffer);
    return { vectors, row: (id) => vectors.subarray(id * dimensions, (id + 1) * dimensions) };
  }
  let held: WeakRef<Float32Array> | undefined;
  const some = new Float32Array(ahead * dimensions);
  const room = new Uint8Array(some.buffer);
  /** The rows in it. */
  let [first, end] = [0, 0];
  return {
    row(id) {
      if (id < first || id >= end) {
        const next = end;
        // A read that fails leaves nothing that could be taken for a row.
        end = first;
        const count = Math.min(id === next ? ahead : 1, bytes.size / rowBytes - id);
        bytes.read(room.subarray(0, count * rowBytes), id * rowBytes);
        [first, end] = [id, id + count];
      }
      return some.subarray((id - first) * dimensions, (id - first + 1) * dimensions);
    },
    get vectors() {
      const vectors = held?.deref() ?? new Float32Array(bytes.all().buffer);
      held = new WeakRef(vectors);
      return vectors;
    },
  };
}
