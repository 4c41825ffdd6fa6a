/**
 * Inner products of one row with many, four numbers at a time: WebAssembly has the processor's vector instructions, which
 * JavaScript has not. They took most of a question's search, and take a fifth of the time here (docs/performance.md).
 *
 * The module in the text format, where `row`, `rows`, `out` and `from` are addresses and `bytes` the length of a row:
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
 *
 *     (func (export "widen") (param $row i32) (param $from i32) (param $bytes i32) (result i32)
 *       (local $at i32) (local $eight v128) (local $squares v128)
 *       loop $more
 *         $eight = load_bytes($from);  $squares += $eight × $eight, in pairs
 *         store($row + $at, floats of the first four);  store($row + $at + 16, floats of the last four)
 *         $from += 8;  $at += 32;  repeat $more while $at < $bytes
 *       the four sums of $squares added up
 */
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
const LOAD_BYTES = [0xfd, 1, 3, 0];
const store = (offset: number) => [0xfd, 11, 4, offset];
const ZEROS = [0xfd, 12, ...new Array<number>(16).fill(0)];
const ADD_VECTORS = [0xfd, 0xe4, 1];
const MULTIPLY_VECTORS = [0xfd, 0xe6, 1];
const ADD_WHOLE = [0xfd, 0xae, 1];
const MULTIPLY_PAIRS = [0xfd, 0xba, 1];
const FIRST_FOUR = [0xfd, 0xa7, 1];
const LAST_FOUR = [0xfd, 0xa8, 1];
const TO_FLOATS = [0xfd, 0xfa, 1];
const lane = (number: number) => [0xfd, 31, number];
const wholeLane = (number: number) => [0xfd, 27, number];

function productsBody(): number[] {
  const [row, rows, out, count, bytes, at, a, b] = [0, 1, 2, 3, 4, 5, 6, 7];
  const product = (sum: number, offset: number) => [
    ...[get(sum), get(row), get(at), ADD, load(offset), get(rows), get(at), ADD, load(offset)].flat(),
    ...[MULTIPLY_VECTORS, ADD_VECTORS, set(sum)].flat(),
  ];
  const nextEight = [get(at), constant(32), ADD, tee(at), get(bytes), LESS, REPEAT].flat();
  return [
    ...[2, 1, 0x7f, 2, 0x7b],
    ...[LOOP, ZEROS, set(a), ZEROS, set(b), constant(0), set(at)].flat(),
    ...[LOOP, product(a, 0), product(b, 16), nextEight, END].flat(),
    ...[get(a), get(b), ADD_VECTORS, set(a), get(out), get(a), lane(0), get(a), lane(1), ADD_FLOATS].flat(),
    ...[get(a), lane(2), ADD_FLOATS, get(a), lane(3), ADD_FLOATS, STORE_FLOAT].flat(),
    ...[get(out), constant(4), ADD, set(out), get(rows), get(bytes), ADD, set(rows)].flat(),
    ...[get(count), constant(1), SUBTRACT, tee(count), REPEAT, END, END].flat(),
  ];
}

function widenBody(): number[] {
  const [row, from, bytes, at, eight, squares] = [0, 1, 2, 3, 4, 5];
  const place = [get(row), get(at), ADD].flat();
  return [
    ...[2, 1, 0x7f, 2, 0x7b],
    ...[LOOP, get(from), LOAD_BYTES, set(eight)].flat(),
    ...[get(squares), get(eight), get(eight), MULTIPLY_PAIRS, ADD_WHOLE, set(squares)].flat(),
    ...[place, get(eight), FIRST_FOUR, TO_FLOATS, store(0)].flat(),
    ...[place, get(eight), LAST_FOUR, TO_FLOATS, store(16)].flat(),
    ...[get(from), constant(8), ADD, set(from)].flat(),
    ...[get(at), constant(32), ADD, tee(at), get(bytes), LESS, REPEAT, END].flat(),
    ...[get(squares), wholeLane(0), get(squares), wholeLane(1), ADD].flat(),
    ...[get(squares), wholeLane(2), ADD, get(squares), wholeLane(3), ADD, END].flat(),
  ];
}

const ascii = (text: string) => [text.length, ...Buffer.from(text)];
/** A length of up to 16,383 in LEB128. */
const sized = (bytes: readonly number[]) => [(bytes.length & 0x7f) | 0x80, bytes.length >> 7, ...bytes];
const INTEGER = 0x7f;
const integers = (count: number) => new Array<number>(count).fill(INTEGER);
const MODULE = Uint8Array.from([
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, ...sized([2, 0x60, 5, ...integers(5), 0, 0x60, 3, ...integers(3), 1, INTEGER])],
  ...[2, ...sized([1, ...ascii('js'), ...ascii('memory'), 2, 0, 1])],
  ...[3, ...sized([2, 0, 1])],
  ...[7, ...sized([2, ...ascii('products'), 0, 0, ...ascii('widen'), 0, 1])],
  ...[10, ...sized([2, ...sized(productsBody()), ...sized(widenBody())])],
]);

const PAGE_BYTES = 65_536;
const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT;
/** Numbers that the loop takes at a time. */
const STEP = 8;

/** As much of WebAssembly as is used; the types of Node.js do not have it. */
interface Assembly {
  readonly Memory: new (size: { initial: number }) => Memory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Functions };
}
interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
interface Functions {
  readonly products: (row: number, rows: number, out: number, count: number, bytes: number) => void;
  readonly widen: (row: number, from: number, bytes: number) => number;
}

const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: Assembly };
const compiled = new WebAssembly.Module(MODULE);

/** Rows that others are multiplied with. Each of these has a memory of its own that does not shrink: make few. */
export class InnerProducts {
  readonly #memory = new WebAssembly.Memory({ initial: 1 });
  readonly #functions = new WebAssembly.Instance(compiled, { js: { memory: this.#memory } }).exports;
  #row = new Float32Array();
  #bytes = new Int8Array();
  #results = new Float32Array();
  #stride = STEP;

  /** @param rows row by row, `dimensions` numbers each; they take the place of the last */
  setRows(rows: Float32Array, dimensions: number): void {
    const count = dimensions === 0 ? 0 : rows.length / dimensions;
    // Rows are filled up with zeros, which change no sum.
    const stride = Math.max(STEP, Math.ceil(dimensions / STEP) * STEP);
    const end = stride * (count + 1);
    const needed = FLOAT_BYTES * (end + count) + stride;
    const missing = needed - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE_BYTES));
    const { buffer } = this.#memory;
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
    this.#bytes = new Int8Array(buffer, FLOAT_BYTES * (end + count), stride).fill(0);
    this.#stride = stride;
  }

  /** @returns for each of the rows its inner product with `row`; overwritten by the next call */
  with(row: Float32Array): Float32Array {
    this.#row.set(row);
    return this.#compute();
  }

  /**
   * The same for the `dimensions` whole numbers from `start` on, brought to unit length.
   * @returns for each of the rows its inner product with them, 0 where they are all zero
   */
  withRounded(matrix: Int8Array, start: number): Float32Array {
    this.#bytes.set(matrix.subarray(start, start + this.#row.length));
    const squares = this.#functions.widen(0, this.#bytes.byteOffset, this.#stride * FLOAT_BYTES);
    const found = this.#compute();
    const length = squares === 0 ? 1 : Math.sqrt(squares);
    for (let i = 0; i < found.length; i++) found[i] = (found[i] as number) / length;
    return found;
  }

  #compute(): Float32Array {
    const bytes = this.#stride * FLOAT_BYTES;
    const rows = this.#results.length;
    if (rows > 0) this.#functions.products(0, bytes, bytes * (rows + 1), rows, bytes);
    return this.#results;
  }
}
