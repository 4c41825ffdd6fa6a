import type { Tensor } from './safetensors.ts';

/** A matrix of whole numbers; times its scales, the numbers that it stands for. */
export interface Quantised {
  readonly values: { readonly shape: readonly number[]; readonly values: Int8Array };
  readonly scales: Tensor;
}

/**
 * Rounds a matrix to whole numbers, zero staying zero, with a scale of its own for each column.
 * @param largest the largest of a column becomes ±`largest`, at most 127
 */
export function quantiseColumns({ shape, values }: Tensor, largest: number): Quantised {
  const [, columns = 0] = shape;
  return quantise({ shape, values }, [columns], largest, 1, columns);
}

/** The same with a scale for each row. */
export function quantiseEachRow({ shape, values }: Tensor, largest: number): Quantised {
  const [rows = 0, columns = 0] = shape;
  return quantise({ shape, values }, [rows, 1], largest, columns, rows);
}

/** Number i has scale `floor(i / run) mod groups`. */
function quantise(
  { shape, values }: Tensor,
  scalesShape: readonly number[],
  largest: number,
  run: number,
  groups: number,
): Quantised {
  const scales = new Float32Array(groups);
  const groupOf = (i: number) => Math.floor(i / run) % groups;
  for (let i = 0; i < values.length; i++) {
    const scale = Math.abs(values[i] ?? 0) / largest;
    const group = groupOf(i);
    if (scale > (scales[group] ?? 0)) scales[group] = scale;
  }
  const rounded = new Int8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const scale = scales[groupOf(i)] ?? 0;
    if (scale > 0) rounded[i] = Math.round((values[i] ?? 0) / scale);
  }
  return { values: { shape, values: rounded }, scales: { shape: scalesShape, values: scales } };
}
