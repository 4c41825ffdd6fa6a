/**
 * Groups texts in their order.
 * @param lengths word pieces of each text
 * @param mostTokens word pieces of a batch; a longer text is a batch of its own
 * @returns the texts' places, batch by batch
 */
export function batchesOf(lengths: readonly number[], mostTokens: number): number[][] {
  const batches: number[][] = [];
  let room = 0;
  for (const [i, length] of lengths.entries()) {
    if (length > room || batches.length === 0) {
      batches.push([]);
      room = mostTokens;
    }
    batches.at(-1)?.push(i);
    room -= length;
  }
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
