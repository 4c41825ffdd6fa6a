/** @returns the mean of the rows of a `rows × dimensions` matrix, at unit length */
export function meanPool(matrix: Float32Array, dimensions: number): Float32Array {
  const sum = new Float32Array(dimensions);
  for (let i = 0; i < matrix.length; i++) {
    const d = i % dimensions;
    sum[d] = (sum[d] ?? 0) + (matrix[i] ?? 0);
  }
  return normaliseRows(sum, dimensions);
}

/** Brings each row of a `rows × dimensions` matrix to unit length, in place; a row of zeros stays. */
export function normaliseRows(matrix: Float32Array, dimensions: number): Float32Array {
  for (let start = 0; start < matrix.length; start += dimensions) {
    const row = matrix.subarray(start, start + dimensions);
    const length = Math.sqrt(dot(row, row));
    if (length > 0) for (let d = 0; d < dimensions; d++) row[d] = (row[d] ?? 0) / length;
  }
  return matrix;
}

/** Inner product of two vectors of one length; the cosine when both have unit length. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
