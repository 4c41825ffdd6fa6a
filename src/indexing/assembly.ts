/**
 * As much of a WebAssembly assembler as the scans take: WebAssembly has the processor's vector instructions, which
 * JavaScript has not. An instruction is its bytes, in the order of
 * https://webassembly.github.io/spec/core/binary/instructions.html.
 */
export const get = (local: number) => [0x20, local];
export const set = (local: number) => [0x21, local];
export const tee = (local: number) => [0x22, local];
/** Below 64: one byte of LEB128. */
export const constant = (small: number) => [0x41, small];
export const ADD = [0x6a];
export const SUBTRACT = [0x6b];
export const LESS = [0x49];
const ADD_FLOATS = [0x92];
export const STORE = [0x36, 2, 0];
export const STORE_FLOAT = [0x38, 2, 0];
export const LOOP = [0x03, 0x40];
export const REPEAT = [0x0d, 0];
export const END = [0x0b];

/** Of vectors of 16 bytes; offsets below 128. */
export const load = (offset: number) => [0xfd, 0, 0, offset];
/** Eight signed bytes as eight numbers of 16 bits. */
export const loadBytes = (offset: number) => [0xfd, 1, 0, offset];
export const ZEROS = [0xfd, 12, ...new Array<number>(16).fill(0)];
/** Four numbers each. */
export const ADD_FOUR = [0xfd, 0xae, 1];
export const ADD_FOUR_FLOATS = [0xfd, 0xe4, 1];
export const MULTIPLY_FOUR_FLOATS = [0xfd, 0xe6, 1];
/** Eight numbers of 16 bits with eight others, the products of neighbours added up to four numbers. */
export const MULTIPLY_PAIRS = [0xfd, 0xba, 1];
const lane = (number: number) => [0xfd, 27, number];
const floatLane = (number: number) => [0xfd, 31, number];

/** The four whole numbers of the vector in a local, added up. */
export function sumOf(vector: number): number[] {
  const [first, ...others] = [0, 1, 2, 3].map((number) => [...get(vector), ...lane(number)]);
  return [...(first ?? []), ...others.flatMap((other) => [...other, ...ADD])];
}

/** The same of floats. */
export function floatSumOf(vector: number): number[] {
  const [first, ...others] = [0, 1, 2, 3].map((number) => [...get(vector), ...floatLane(number)]);
  return [...(first ?? []), ...others.flatMap((other) => [...other, ...ADD_FLOATS])];
}

const INTEGER = 0x7f;
const VECTOR = 0x7b;

/** A function that gives nothing back: its parameters are its first locals, all of them integers. */
export interface Assembled {
  readonly name: string;
  readonly parameters: number;
  /** Locals behind the parameters: integers, then vectors. */
  readonly integers: number;
  readonly vectors: number;
  readonly body: readonly (readonly number[])[];
}

/** As much of WebAssembly as is used; the types of Node.js do not have it. */
interface Assembly {
  readonly Memory: new (size: { initial: number }) => AssemblyMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
}

/** Its buffer is another one after it has grown, and what looked into the old one is empty. */
export interface AssemblyMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: Assembly };
const PAGE_BYTES = 65_536;

/**
 * Compiles functions over one memory.
 * @returns makes the functions over a memory of their own; it never shrinks, and takes a large part of the address space
 * whatever is in it: make few
 */
export function assemble<Functions>(
  functions: readonly Assembled[],
): () => { readonly memory: AssemblyMemory; readonly functions: Functions } {
  const compiled = new WebAssembly.Module(moduleOf(functions));
  return () => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { exports } = new WebAssembly.Instance(compiled, { js: { memory } });
    return { memory, functions: exports as Functions };
  };
}

/** Lets a memory have at least so many bytes. */
export function makeRoom(memory: AssemblyMemory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
}

function moduleOf(functions: readonly Assembled[]): Uint8Array {
  const types = functions.map(({ parameters }) => [
    ...[0x60, parameters, ...new Array<number>(parameters).fill(INTEGER)],
    0,
  ]);
  const codes = functions.map(({ integers, vectors, body }) =>
    sized([2, integers, INTEGER, vectors, VECTOR, ...body.flat(), ...END]),
  );
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, types),
    ...section(2, [[...ascii('js'), ...ascii('memory'), 2, 0, 1]]),
    ...section(
      3,
      functions.map((_, type) => [type]),
    ),
    ...section(
      7,
      functions.map(({ name }, index) => [...ascii(name), 0, index]),
    ),
    ...section(10, codes),
  ]);
}

function section(id: number, entries: readonly (readonly number[])[]): number[] {
  return [id, ...sized([entries.length, ...entries.flat()])];
}

/** Behind its length, up to 16,383, in LEB128. */
function sized(bytes: readonly number[]): number[] {
  return [(bytes.length & 0x7f) | 0x80, bytes.length >> 7, ...bytes];
}

function ascii(text: string): number[] {
  return [text.length, ...Buffer.from(text)];
}
