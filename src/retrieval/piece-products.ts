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
} from '../indexing/assembly.ts';
import { roundAsked, strideOf } from '../indexing/rounded-rows.ts';

/**
 * Inner products of rounded rows with one another, eight numbers at a time. In the text format, where `asked`, `row` and
 * `out` are addresses and `length` the numbers of a row:
 *
 *     (func (export "products") (param $asked i32) (param $pieces i32) (param $row i32) (param $count i32) (param $out i32)
 *       (param $length i32) (local $at i32) (local $end i32) (local $piece i32) (local $left i32) (local $a $b $x v128)
 *       loop $each
 *         $end = $row + $length;  $at = $row;  $a = 0
 *         loop $eight
 *           $x = load_bytes($at);  $a += $x × $x, in pairs;  $at += 8;  repeat $eight while $at < $end
 *         store($out, the four sums of $a added up);  $out += 4
 *         $piece = $asked;  $left = $pieces
 *         loop $other
 *           $at = $row;  $a = $b = 0
 *           loop $sixteen
 *             $a += load_bytes($at) × load($piece), in pairs;  $b += load_bytes($at + 8) × load($piece + 16), in pairs
 *             $piece += 32;  $at += 16;  repeat $sixteen while $at < $end
 *           store($out, the four sums of $a + $b added up);  $out += 4;  repeat $other while --$left
 *         $row = $end;  repeat $each while --$count
 */
function productsBody(): number[][] {
  const [asked, pieces, row, count, out, length, at, end, piece, left] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const [a, b, x] = [10, 11, 12];
  const repeatInRow = (step: number) => [get(at), constant(step), ADD, tee(at), get(end), LESS, REPEAT, END];
  const keep = (sum: number) => [get(out), sumOf(sum), STORE, get(out), constant(4), ADD, set(out)];
  const product = (sum: number, part: number) => [
    ...[get(sum), get(at), loadBytes(8 * part), get(piece), load(16 * part)],
    ...[MULTIPLY_PAIRS, ADD_FOUR, set(sum)],
  ];
  return [
    ...[LOOP, get(row), get(length), ADD, set(end), get(row), set(at), ZEROS, set(a)],
    ...[LOOP, get(at), loadBytes(0), set(x), get(a), get(x), get(x), MULTIPLY_PAIRS, ADD_FOUR, set(a)],
    ...[...repeatInRow(8), ...keep(a), get(asked), set(piece), get(pieces), set(left)],
    ...[LOOP, get(row), set(at), ZEROS, set(a), ZEROS, set(b)],
    ...[LOOP, ...product(a, 0), ...product(b, 1), get(piece), constant(32), ADD, set(piece)],
    ...[...repeatInRow(16), get(a), get(b), ADD_FOUR, set(a), ...keep(a)],
    ...[get(left), constant(1), SUBTRACT, tee(left), REPEAT, END],
    ...[get(end), set(row), get(count), constant(1), SUBTRACT, tee(count), REPEAT, END],
  ];
}

interface Functions {
  readonly products: (
    asked: number,
    pieces: number,
    row: number,
    count: number,
    out: number,
    length: number,
  ) => void;
}

const make = assemble<Functions>([
  { name: 'products', parameters: 6, integers: 4, vectors: 3, body: productsBody() },
]);

/** A question's word pieces, with which sentences' are multiplied. It has a memory that does not shrink: make few. */
export class PieceProducts {
  readonly #made = make();
  #dimensions = 0;
  #stride = 0;
  /** Of each piece of the question, what its rounded numbers stand for. */
  #scales = new Float64Array();
  #results = new Float32Array();

  /** @param rows row by row, `dimensions` numbers each; they take the place of the last */
  ask(rows: Float32Array, dimensions: number): void {
    const stride = strideOf(dimensions);
    const count = rows.length / dimensions;
    makeRoom(this.#made.memory, 2 * stride * count);
    const rounded = new Int16Array(this.#made.memory.buffer, 0, stride * count).fill(0);
    this.#scales = new Float64Array(count);
    for (let piece = 0; piece < count; piece++) {
      const row = rows.subarray(piece * dimensions, (piece + 1) * dimensions);
      this.#scales[piece] = roundAsked(row, rounded.subarray(piece * stride, (piece + 1) * stride));
    }
    this.#dimensions = dimensions;
    this.#stride = stride;
  }

  /**
   * @param matrix whole numbers, row by row
   * @returns row by row, its inner product with each piece of the question, as if the row had unit length; 0 for a row of
   * zeros; overwritten by the next call
   */
  with(matrix: Int8Array): Float32Array {
    const [dimensions, stride, scales] = [this.#dimensions, this.#stride, this.#scales];
    const pieces = scales.length;
    const count = matrix.length / dimensions;
    if (this.#results.length < count * pieces) this.#results = new Float32Array(count * pieces);
    const results = this.#results.subarray(0, count * pieces);
    if (results.length === 0) return results;
    const from = 2 * stride * pieces;
    const out = from + stride * count;
    makeRoom(this.#made.memory, out + 4 * count * (pieces + 1));
    const { buffer } = this.#made.memory;
    const bytes = new Int8Array(buffer, from, stride * count);
    if (stride === dimensions) bytes.set(matrix);
    else {
      bytes.fill(0);
      for (let row = 0; row < count; row++) {
        bytes.set(matrix.subarray(row * dimensions, (row + 1) * dimensions), row * stride);
      }
    }
    this.#made.functions.products(0, pieces, from, count, out, stride);
    const sums = new Int32Array(buffer, out, count * (pieces + 1));
    for (let row = 0, at = 0, to = 0; row < count; row++) {
      const squares = sums[at++] as number;
      const length = squares === 0 ? 1 : Math.sqrt(squares);
      for (let piece = 0; piece < pieces; piece++) {
        results[to++] = ((sums[at++] as number) * (scales[piece] as number)) / length;
      }
    }
    return results;
  }
}
