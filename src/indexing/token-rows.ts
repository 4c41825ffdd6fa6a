import { meanPool, normaliseRows } from '../embedding/pooling.ts';

/**
 * Rounds each row to whole numbers, the largest of a row to ±127: cosines keep two digits and more at a quarter of
 * the size.
 */
export function quantiseRows(matrix: Float32Array, dimensions: number): Int8Array {
  const rounded = new Int8Array(matrix.length);
  for (let start = 0; start < matrix.length; start += dimensions) {
    let largest = 0;
    for (let i = start; i < start + dimensions; i++) largest = Math.max(largest, Math.abs(matrix[i] ?? 0));
    const scale = largest === 0 ? 0 : 127 / largest;
    for (let i = start; i < start + dimensions; i++) rounded[i] = Math.round((matrix[i] ?? 0) * scale);
  }
  return rounded;
}

/**
 * The mean of rounded rows, each counted with unit length.
 * @returns of unit length; undefined for no rows
 */
export function meanOfRows(rows: Int8Array, dimensions: number): Float32Array | undefined {
  if (rows.length === 0) return undefined;
  return meanPool(normaliseRows(Float32Array.from(rows), dimensions), dimensions);
}
