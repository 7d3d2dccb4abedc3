import type { f64 } from 'tsnative';
import { stencil, vectorize, type NdArray, type Neighbours } from 'tsnative/nd';

/**
 * How fast the temperature of each point changes that is warmed by its neighbours: the discrete Laplace operator of five
 * points. What is outside of the plate is as warm as its border.
 * @native
 */
export const flow = stencil(
  (at: Neighbours) => at(-1, 0) + at(1, 0) + at(0, -1) + at(0, 1) - 4 * at(0, 0),
  { mode: 'nearest' },
);

/**
 * The temperature after a step of time, of a material that conducts so well; sources stay as warm as they are.
 * @native
 */
export const warmed = vectorize((now: f64, change: f64, conducts: f64, source: f64) =>
  source > 0 ? source : now + 0.24 * conducts * change,
);

/** Computes `steps` steps of time. `now` is changed; `change` is room for one array. */
export function heat(
  now: NdArray,
  change: NdArray,
  conducts: NdArray,
  sources: NdArray,
  steps: number,
): void {
  for (let step = 0; step < steps; step++) {
    flow.into(change, now);
    warmed.into(now, now, change, conducts, sources);
  }
}

/**
 * The mean temperature of each row.
 * @native
 */
export function rowMeans(plate: NdArray): Float64Array {
  const means = new Float64Array(plate.shape[0]!);
  for (let i = 0; i < means.length; i++) {
    let sum = 0;
    for (let j = 0; j < plate.shape[1]!; j++) sum += plate.get(i, j);
    means[i] = sum / plate.shape[1]!;
  }
  return means;
}
