/** One tensor of a safetensors file, as 32-bit floats. */
export interface Tensor {
  readonly shape: readonly number[];
  /** Row-major, `shape` multiplied out. */
  readonly values: Float32Array;
}

interface TensorHeader {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/**
 * Opens a safetensors file: 8 bytes little-endian header length, a JSON header, raw tensors
 * (https://github.com/huggingface/safetensors#format).
 * @returns a function from a tensor's name to its values
 * @throws {Error} when the header does not parse, or a tensor is missing, cut short, or neither F16 nor F32
 */
export function openSafetensors(file: Buffer): (name: string) => Tensor {
  const headerBytes = Number(file.readBigUInt64LE(0));
  if (headerBytes > file.length - 8) throw new Error('safetensors: the header is longer than the file');
  const header = JSON.parse(file.toString('utf8', 8, 8 + headerBytes)) as Record<string, TensorHeader>;
  const data = file.subarray(8 + headerBytes);
  return (name) => {
    const tensor = header[name];
    if (tensor === undefined) throw new Error(`safetensors: no tensor ${name}`);
    const [start, end] = tensor.data_offsets;
    const bytes = data.subarray(start, end);
    const count = tensor.shape.reduce((product, size) => product * size, 1);
    return { shape: tensor.shape, values: decode(tensor.dtype, bytes, count, name) };
  };
}

function decode(dtype: string, bytes: Buffer, count: number, name: string): Float32Array {
  const width = { F16: 2, F32: 4 }[dtype];
  if (width === undefined) throw new Error(`safetensors: ${name} is ${dtype}; only F16 and F32 are read`);
  if (bytes.length !== count * width) throw new Error(`safetensors: ${name} is cut short`);
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    values[i] = width === 4 ? bytes.readFloatLE(i * 4) : (HALVES[bytes.readUInt16LE(i * 2)] ?? 0);
  }
  return values;
}

/** The number of each of the 65,536 halves: millions are looked up. */
const HALVES = Float32Array.from({ length: 2 ** 16 }, (_, half) => halfToFloat(half));

/** IEEE 754 binary16 → number. */
function halfToFloat(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
