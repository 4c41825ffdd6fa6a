/**
 * Inner products of one row with many, four numbers at a time: WebAssembly has the processor's vector instructions, which
 * JavaScript has not. They took most of a question's search, and take a fifth of the time here (docs/performance.md).
 *
 * The module in the text format, where `row`, `rows` and `out` are addresses and `bytes` the length of a row:
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
const ROW = 0;
const ROWS = 1;
const OUT = 2;
const COUNT = 3;
const BYTES = 4;
const AT = 5;
const A = 6;
const B = 7;

const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const tee = (local: number) => [0x22, local];
const constant = (small: number) => [0x41, small];
const ADD = 0x6a;
const SUBTRACT = 0x6b;
const LESS = 0x49;
const REPEAT = [0x0d, 0];
const LOOP = [0x03, 0x40];
const END = 0x0b;
const ADD_FLOATS = 0x92;
const STORE_FLOAT = [0x38, 2, 0];
const load = (offset: number) => [0xfd, 0, 4, offset];
const ZEROS = [0xfd, 12, ...new Array<number>(16).fill(0)];
const ADD_VECTORS = [0xfd, 0xe4, 1];
const MULTIPLY_VECTORS = [0xfd, 0xe6, 1];
const lane = (number: number) => [0xfd, 31, number];

const product = (sum: number, offset: number) => [
  ...[get(sum), get(ROW), get(AT), ADD, load(offset), get(ROWS), get(AT), ADD, load(offset)].flat(),
  ...[MULTIPLY_VECTORS, ADD_VECTORS, set(sum)].flat(),
];
const BODY = [
  ...[2, 1, 0x7f, 2, 0x7b],
  ...[LOOP, ZEROS, set(A), ZEROS, set(B), constant(0), set(AT)].flat(),
  ...[
    LOOP,
    product(A, 0),
    product(B, 16),
    get(AT),
    constant(32),
    ADD,
    tee(AT),
    get(BYTES),
    LESS,
    REPEAT,
    END,
  ].flat(),
  ...[get(A), get(B), ADD_VECTORS, set(A), get(OUT), get(A), lane(0), get(A), lane(1), ADD_FLOATS].flat(),
  ...[get(A), lane(2), ADD_FLOATS, get(A), lane(3), ADD_FLOATS, STORE_FLOAT].flat(),
  ...[get(OUT), constant(4), ADD, set(OUT), get(ROWS), get(BYTES), ADD, set(ROWS)].flat(),
  ...[get(COUNT), constant(1), SUBTRACT, tee(COUNT), REPEAT, END, END].flat(),
];
const ascii = (text: string) => [text.length, ...Buffer.from(text)];
/** A length of up to 16,383 in LEB128. */
const sized = (bytes: readonly number[]) => [(bytes.length & 0x7f) | 0x80, bytes.length >> 7, ...bytes];
const MODULE = Uint8Array.from([
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, ...sized([1, 0x60, 5, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 0])],
  ...[2, ...sized([1, ...ascii('js'), ...ascii('memory'), 2, 0, 1])],
  ...[3, ...sized([1, 0])],
  ...[7, ...sized([1, ...ascii('products'), 0, 0])],
  ...[10, ...sized([1, ...sized(BODY)])],
]);

const PAGE_BYTES = 65_536;
const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT;
/** Numbers that the loop takes at a time. */
const STEP = 8;

/** As much of WebAssembly as is used; the types of Node.js do not have it. */
interface Assembly {
  readonly Memory: new (size: {
    initial: number;
  }) => { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: { readonly products: Products } };
}
type Products = (row: number, rows: number, out: number, count: number, bytes: number) => void;

const { Memory, Module, Instance } = (globalThis as unknown as { readonly WebAssembly: Assembly })
  .WebAssembly;
const memory = new Memory({ initial: 1 });
const { products } = new Instance(new Module(MODULE), { js: { memory } }).exports;

/** Rows that others are multiplied with, one set at a time: a new one takes the place of the last. */
export class InnerProducts {
  /** Write a row here, then call `compute`. */
  readonly row: Float32Array;
  readonly #results: Float32Array;
  readonly #rows: number;
  readonly #stride: number;

  /** @param rows row by row, `dimensions` numbers each */
  constructor(rows: Float32Array, dimensions: number) {
    this.#rows = dimensions === 0 ? 0 : rows.length / dimensions;
    // Rows are filled up with zeros, which change no sum.
    this.#stride = Math.max(STEP, Math.ceil(dimensions / STEP) * STEP);
    const needed = FLOAT_BYTES * (this.#stride * (this.#rows + 1) + this.#rows);
    const missing = needed - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
    const numbers = new Float32Array(memory.buffer);
    numbers.fill(0, 0, this.#stride * (this.#rows + 1));
    for (let row = 0; row < this.#rows; row++) {
      numbers.set(rows.subarray(row * dimensions, (row + 1) * dimensions), this.#stride * (row + 1));
    }
    const end = this.#stride * (this.#rows + 1);
    this.row = numbers.subarray(0, dimensions);
    this.#results = numbers.subarray(end, end + this.#rows);
  }

  /** @returns for each of the rows its inner product with `row`; overwritten by the next call */
  compute(): Float32Array {
    const bytes = this.#stride * FLOAT_BYTES;
    if (this.#rows > 0) products(0, bytes, bytes * (this.#rows + 1), this.#rows, bytes);
    return this.#results;
  }
}
