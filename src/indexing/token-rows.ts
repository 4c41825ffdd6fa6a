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
  const mean = new Float32Array(dimensions);
  for (let start = 0; start < rows.length; start += dimensions) {
    const row = rows.subarray(start, start + dimensions);
    const length = lengthOf(row) || 1;
    for (let d = 0; d < dimensions; d++) mean[d] = (mean[d] as number) + (row[d] as number) / length;
  }
  const length = lengthOf(mean);
  return length === 0 ? undefined : mean.map((value) => value / length);
}

function lengthOf(row: Int8Array | Float32Array): number {
  let squares = 0;
  for (let d = 0; d < row.length; d++) squares += (row[d] as number) ** 2;
  return Math.sqrt(squares);
}
