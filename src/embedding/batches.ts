/**
 * Groups texts of like length, so that little of a batch is padding.
 * @param lengths word pieces of each text
 * @param mostTokens word pieces of a batch, padding included; a longer text is a batch of its own
 * @returns the texts' places, batch by batch, shortest first
 */
export function batchesByLength(lengths: readonly number[], mostTokens: number): number[][] {
  const length = (i: number) => lengths[i] ?? 0;
  const order = lengths.map((_, i) => i).sort((a, b) => length(a) - length(b));
  const batches: number[][] = [];
  let batch: number[] = [];
  for (const i of order) {
    if (batch.length > 0 && (batch.length + 1) * length(i) > mostTokens) {
      batches.push(batch);
      batch = [];
    }
    batch.push(i);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

/** @throws {RangeError} when a text has more than `maxTokens` word pieces */
export function checkLengths(lengths: readonly number[], maxTokens: number): void {
  lengths.forEach((length, i) => {
    if (length > maxTokens) {
      throw new RangeError(`text ${i} has ${length} word pieces, more than ${maxTokens}`);
    }
  });
}
