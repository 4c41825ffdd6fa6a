import {
  ADD,
  ADD_FOUR_FLOATS,
  assemble,
  constant,
  END,
  floatSumOf,
  get,
  LESS,
  LOOP,
  load,
  MULTIPLY_FOUR_FLOATS,
  makeRoom,
  REPEAT,
  STORE_FLOAT,
  SUBTRACT,
  set,
  tee,
  ZEROS,
} from '../../src/indexing/assembly.ts';

/**
 * Inner products of one row with many, four numbers at a time: the scan that all others are held to. In the text format,
 * where `row`, `rows` and `out` are addresses and `bytes` the length of a row:
 *
 *     (func (export "products") (param $row i32) (param $rows i32) (param $out i32) (param $count i32) (param $bytes i32)
 *       (local $at i32) (local $a v128) (local $b v128)
 *       loop $each
 *         $a = $b = 0; $at = 0
 *         loop $eight
 *           $a += load($row + $at) × load($rows + $at);  $b += load($row + $at + 16) × load($rows + $at + 16)
 *           $at += 32;  repeat $eight while $at < $bytes
 *         store($out, the four sums of $a + $b added up)
 *         $out += 4;  $rows += $bytes;  repeat $each while --$count
 */
function productsBody(): number[][] {
  const [row, rows, out, count, bytes, at, a, b] = [0, 1, 2, 3, 4, 5, 6, 7];
  const product = (sum: number, offset: number) => [
    ...[get(sum), get(row), get(at), ADD, load(offset), get(rows), get(at), ADD, load(offset)],
    ...[MULTIPLY_FOUR_FLOATS, ADD_FOUR_FLOATS, set(sum)],
  ];
  return [
    ...[LOOP, ZEROS, set(a), ZEROS, set(b), constant(0), set(at)],
    ...[LOOP, ...product(a, 0), ...product(b, 16)],
    ...[get(at), constant(32), ADD, tee(at), get(bytes), LESS, REPEAT, END],
    ...[get(a), get(b), ADD_FOUR_FLOATS, set(a), get(out), floatSumOf(a), STORE_FLOAT],
    ...[get(out), constant(4), ADD, set(out), get(rows), get(bytes), ADD, set(rows)],
    ...[get(count), constant(1), SUBTRACT, tee(count), REPEAT, END],
  ];
}

interface Functions {
  readonly products: (row: number, rows: number, out: number, count: number, bytes: number) => void;
}

const make = assemble<Functions>([
  { name: 'products', parameters: 5, integers: 1, vectors: 2, body: productsBody() },
]);

const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT;
/** Numbers that the loop takes at a time. */
const STEP = 8;

/** Rows that others are multiplied with. Each of these has a memory of its own that does not shrink: make few. */
export class InnerProducts {
  readonly #made = make();
  #row = new Float32Array();
  #results = new Float32Array();
  #stride = STEP;

  /** @param rows row by row, `dimensions` numbers each; they take the place of the last */
  setRows(rows: Float32Array, dimensions: number): void {
    const count = dimensions === 0 ? 0 : rows.length / dimensions;
    // Rows are filled up with zeros, which change no sum.
    const stride = Math.max(STEP, Math.ceil(dimensions / STEP) * STEP);
    const end = stride * (count + 1);
    makeRoom(this.#made.memory, FLOAT_BYTES * (end + count));
    const { buffer } = this.#made.memory;
    const numbers = new Float32Array(buffer, 0, end + count);
    if (stride === dimensions) numbers.set(rows, stride);
    else {
      numbers.fill(0);
      for (let row = 0; row < count; row++) {
        numbers.set(rows.subarray(row * dimensions, (row + 1) * dimensions), stride * (row + 1));
      }
    }
    this.#row = numbers.subarray(0, dimensions);
    this.#results = numbers.subarray(end);
    this.#stride = stride;
  }

  /** @returns for each of the rows its inner product with `row`; overwritten by the next call */
  with(row: Float32Array): Float32Array {
    this.#row.set(row);
    const bytes = this.#stride * FLOAT_BYTES;
    const rows = this.#results.length;
    if (rows > 0) this.#made.functions.products(0, bytes, bytes * (rows + 1), rows, bytes);
    return this.#results;
  }
}
