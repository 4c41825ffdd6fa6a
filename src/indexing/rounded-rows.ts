import { createTurns } from '../seeds/turns.ts';
import {
  ADD,
  ADD_FOUR,
  assemble,
  constant,
  END,
  get,
  LESS,
  LOOP,
  load,
  loadBytes,
  MULTIPLY_PAIRS,
  makeRoom,
  REPEAT,
  STORE,
  SUBTRACT,
  set,
  sumOf,
  tee,
  ZEROS,
} from './assembly.ts';
import type { StoredBytes } from './stored-rows.ts';

/** Numbers that the loop takes at a time: rows are filled up to a multiple of it with zeros, which change no sum. */
const STEP = 16;
/** The largest number of a rounded row. */
const LARGEST = 127;
/** What a sum and a number of a query may come to: 32 and 16 bits. */
const LARGEST_SUM = 2 ** 31 - 1;
const LARGEST_ASKED = 2 ** 15 - 1;

/** Numbers from one rounded row to the next. */
export function strideOf(dimensions: number): number {
  return Math.ceil(dimensions / STEP) * STEP;
}

/**
 * Rounds rows to whole numbers, the largest number of all to ±127: a quarter of the size, and inner products with them
 * are in the order of the exact ones but for what lies within some thousandths.
 * @returns row by row, `strideOf(dimensions)` numbers each
 */
export async function roundRows(vectors: Float32Array, dimensions: number): Promise<Int8Array<ArrayBuffer>> {
  const turn = createTurns();
  const size = vectors.length / dimensions;
  const stride = strideOf(dimensions);
  const rowOf = (row: number) => vectors.subarray(row * dimensions, (row + 1) * dimensions);
  let largest = 0;
  for (let row = 0; row < size; row++) {
    largest = Math.max(largest, largestOf(rowOf(row)));
    await turn();
  }
  const rounded = new Int8Array(size * stride);
  for (let row = 0; row < size; row++) {
    round(rowOf(row), LARGEST / largest, rounded.subarray(row * stride));
    await turn();
  }
  return rounded;
}

function largestOf(numbers: Float32Array): number {
  let largest = 0;
  for (const number of numbers) largest = Math.max(largest, Math.abs(number));
  return largest;
}

/**
 * Rounds a row that rounded ones are multiplied with, as finely as the sums over a row allow.
 * @param into `strideOf` its length numbers
 * @returns what 1 stands for in it
 */
export function roundAsked(row: Float32Array, into: Int16Array): number {
  const largest = largestOf(row);
  const most = Math.min(LARGEST_ASKED, Math.floor(LARGEST_SUM / (LARGEST * into.length)));
  round(row, largest === 0 ? 0 : most / largest, into);
  return largest / most;
}

function round(numbers: Float32Array, scale: number, into: Int16Array | Int8Array): void {
  for (let i = 0; i < numbers.length; i++) into[i] = Math.round((numbers[i] as number) * scale);
}

/**
 * Inner products of a query with rounded rows, eight numbers at a time. In the text format, where `query`, `rows` and
 * `out` are addresses and `length` the numbers of a row:
 *
 *     (func (export "products") (param $query i32) (param $rows i32) (param $out i32) (param $count i32)
 *       (param $length i32) (local $at i32) (local $end i32) (local $a v128) (local $b v128)
 *       loop $each
 *         $a = $b = 0; $at = $query; $end = $rows + $length
 *         loop $sixteen
 *           $a += load($at) × load_bytes($rows), in pairs;  $b += load($at + 16) × load_bytes($rows + 8), in pairs
 *           $at += 32;  $rows += 16;  repeat $sixteen while $rows < $end
 *         store($out, the four sums of $a + $b added up)
 *         $out += 4;  repeat $each while --$count
 */
function productsBody(): number[][] {
  const [query, rows, out, count, length, at, end, a, b] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const product = (sum: number, part: number) => [
    ...[get(sum), get(at), load(16 * part), get(rows), loadBytes(8 * part)],
    ...[MULTIPLY_PAIRS, ADD_FOUR, set(sum)],
  ];
  return [
    ...[LOOP, ZEROS, set(a), ZEROS, set(b), get(query), set(at), get(rows), get(length), ADD, set(end)],
    ...[LOOP, ...product(a, 0), ...product(b, 1), get(at), constant(32), ADD, set(at)],
    ...[get(rows), constant(16), ADD, tee(rows), get(end), LESS, REPEAT, END],
    ...[get(a), get(b), ADD_FOUR, set(a), get(out), sumOf(a), STORE],
    ...[get(out), constant(4), ADD, set(out)],
    ...[get(count), constant(1), SUBTRACT, tee(count), REPEAT, END],
  ];
}

interface Functions {
  readonly products: (query: number, rows: number, out: number, count: number, length: number) => void;
}

const make = assemble<Functions>([
  { name: 'products', parameters: 5, integers: 2, vectors: 2, body: productsBody() },
]);

/** Rounded rows that queries are multiplied with. Each of these has a memory of its own that does not shrink: make few. */
export class RoundedProducts {
  readonly #made = make();
  #query = new Int16Array();
  #results = new Int32Array();
  #stride = STEP;

  /** @param rounded as `roundRows` gave them; they take the place of the last */
  setRows(rounded: StoredBytes, dimensions: number): void {
    const stride = strideOf(dimensions);
    const count = rounded.size / stride;
    const start = stride * Int16Array.BYTES_PER_ELEMENT;
    const end = start + rounded.size;
    makeRoom(this.#made.memory, end + count * Int32Array.BYTES_PER_ELEMENT);
    const { buffer } = this.#made.memory;
    rounded.read(new Uint8Array(buffer, start, rounded.size), 0);
    this.#query = new Int16Array(buffer, 0, stride).fill(0);
    this.#results = new Int32Array(buffer, end, count);
    this.#stride = stride;
  }

  /** @returns for each of the rows a number that grows with its inner product; overwritten by the next call */
  with(query: Float32Array): Int32Array {
    roundAsked(query, this.#query);
    const { byteOffset, length } = this.#results;
    if (length > 0) {
      this.#made.functions.products(0, this.#query.byteLength, byteOffset, length, this.#stride);
    }
    return this.#results;
  }
}
