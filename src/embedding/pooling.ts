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
  return innerProduct(a, 0, b);
}

/** The same with the numbers of `a` from `start` on. Four sums at once, which a processor adds side by side. */
export function innerProduct(a: Float32Array, start: number, b: Float32Array): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let d = 0;
  for (; d + 3 < b.length; d += 4) {
    first += (a[start + d] as number) * (b[d] as number);
    second += (a[start + d + 1] as number) * (b[d + 1] as number);
    third += (a[start + d + 2] as number) * (b[d + 2] as number);
    fourth += (a[start + d + 3] as number) * (b[d + 3] as number);
  }
  for (; d < b.length; d++) first += (a[start + d] as number) * (b[d] as number);
  return first + second + third + fourth;
}
