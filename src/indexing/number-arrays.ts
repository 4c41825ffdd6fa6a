import { deserialize, serialize } from 'node:v8';
import type { StoredBytes } from './stored-rows.ts';

type Numbers = Uint16Array | Uint32Array;

/** Arrays begin at whole multiples of this, so that they can be read where they lie. */
const ALIGNMENT_BYTES = 8;

interface Header {
  readonly places: Readonly<Record<string, { readonly start: number; readonly length: number }>>;
  readonly rest: unknown;
}

/**
 * Arrays of numbers and something else in one file, as they lie in memory: nothing is copied when it is read, and a
 * part of an array can be read by itself.
 */
export function packArrays(arrays: Readonly<Record<string, Numbers>>, rest: unknown): Uint8Array {
  let size = 0;
  const places: Record<string, { start: number; length: number }> = {};
  for (const [name, { length, byteLength }] of Object.entries(arrays)) {
    places[name] = { start: size, length };
    size += aligned(byteLength);
  }
  const header = serialize({ places, rest } satisfies Header);
  const begin = aligned(ALIGNMENT_BYTES + header.length);
  const packed = new Uint8Array(begin + size);
  new DataView(packed.buffer).setUint32(0, header.length, true);
  packed.set(header, ALIGNMENT_BYTES);
  for (const [name, { buffer, byteOffset, byteLength }] of Object.entries(arrays)) {
    packed.set(new Uint8Array(buffer, byteOffset, byteLength), begin + (places[name]?.start ?? 0));
  }
  return packed;
}

/** What `packArrays` packed; arrays are read when they are asked for. */
export class PackedArrays {
  readonly rest: unknown;
  readonly #bytes: StoredBytes;
  readonly #places: Header['places'];
  readonly #begin: number;

  constructor(bytes: StoredBytes) {
    const start = bytes.range(0, ALIGNMENT_BYTES);
    const length = new DataView(start.buffer, start.byteOffset).getUint32(0, true);
    const { places, rest } = deserialize(bytes.range(ALIGNMENT_BYTES, ALIGNMENT_BYTES + length)) as Header;
    this.rest = rest;
    this.#bytes = bytes;
    this.#places = places;
    this.#begin = aligned(ALIGNMENT_BYTES + length);
  }

  /** The numbers `[start, end)` of an array; all of them without these. */
  uint32(name: string, start = 0, end = this.#places[name]?.length ?? 0): Uint32Array {
    const { buffer, byteOffset } = this.#range(name, start, end, Uint32Array.BYTES_PER_ELEMENT);
    return new Uint32Array(buffer, byteOffset, end - start);
  }

  /** The same of an array of smaller numbers. */
  uint16(name: string, start = 0, end = this.#places[name]?.length ?? 0): Uint16Array {
    const { buffer, byteOffset } = this.#range(name, start, end, Uint16Array.BYTES_PER_ELEMENT);
    return new Uint16Array(buffer, byteOffset, end - start);
  }

  #range(name: string, start: number, end: number, width: number): Uint8Array {
    const at = this.#begin + (this.#places[name]?.start ?? 0);
    return this.#bytes.range(at + start * width, at + end * width);
  }
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
}
