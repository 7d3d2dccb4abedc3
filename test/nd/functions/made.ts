import type { f64, i32, i64 } from 'tsnative';
import { guvectorize, stencil, vectorize, type NdArray, type Neighbours } from 'tsnative/nd';

/** @native */
export const hyp = vectorize((b: f64, c: f64) => Math.sqrt(b * b + c * c));

/** @native */
export const sign = vectorize((x: f64) => (x > 0 ? 1 : x < 0 ? -1 : x));

/** @native */
export const weighed = vectorize((x: f64, n: i32) => {
  if (x > 1) return x * n;
  return -x;
});

/** @native */
export const clipped = vectorize((x: f64) => x * 20, { type: Uint8ClampedArray });

/** @native */
export const three = vectorize((a: f64, b: f64, c: f64) => hyp(a, b) - sign(c));

/** @native */
export const big = vectorize((a: i64, b: i64): i64 => BigInt.asIntN(64, a * b + 1n));

/** @native */
export const doubled = vectorize(function (x: number): number {
  return x + x;
});

/** @native */
export function cube(x: f64): f64 {
  return x * x * x;
}

/** @native */
export const cubed = vectorize(cube);

/** @native */
export const failing = vectorize((x: f64, at: f64) => {
  if (x === 777) throw new RangeError(`no ${at}`);
  return x;
});

/** @native */
export const blur = stencil(
  (at: Neighbours) => (at(-1, 0) + at(1, 0) + at(0, -1) + at(0, 1) + at(0, 0)) / 5,
  { mode: 'nearest' },
);

/** @native */
export const ahead = stencil((at) => at(2) - at(-1), { value: 0.25 });

/** @native */
export const wrapped = stencil((at) => at(3, -2) * 2 + at(0, 1), {
  mode: 'wrap',
  type: Float32Array,
});

/** @native */
export const mirrored = stencil(
  (at) => {
    let sum = 0;
    sum += at(-2, 0);
    sum += at(1, 2);
    return sum;
  },
  { mode: 'reflect' },
);

const differenceOf = (at: Neighbours): number => at(1) - at(0);

/** @native */
export const difference = stencil(differenceOf, { mode: 'wrap' });

/** @native */
export const mixed = stencil((a, b) => a(0, -1) * b(1, 0));

/** @native */
export const solid = stencil((at) => at(0, 1, 0) + at(-1, 0, 0) - at(0, 0, -1));

/** @native */
export const matvec = guvectorize(
  '(n,m),(m)->(n)',
  (a: NdArray<Float64Array>, x: NdArray<Float64Array>, y: NdArray<Float64Array>) => {
    for (let i = 0; i < a.shape[0]!; i++) {
      let sum = 0;
      for (let j = 0; j < a.shape[1]!; j++) sum += a.get(i, j) * x.get(j);
      y.set(i, sum);
    }
  },
);

/** @native */
export const extremes = guvectorize(
  '(n)->(),()',
  (a: NdArray<Float64Array>, least: NdArray<Float64Array>, most: NdArray<Float64Array>) => {
    let [low, high] = [Infinity, -Infinity];
    for (let i = 0; i < a.shape[0]!; i++) {
      low = Math.min(low, a.get(i));
      high = Math.max(high, a.get(i));
    }
    least.set(low);
    most.set(high);
  },
);

/** @native */
export const norms = guvectorize(
  '(n)->()',
  (a: NdArray<Float64Array>, norm: NdArray<Float64Array>) => {
    let sum = 0;
    for (let i = 0; i < a.shape[0]!; i++) sum += a.get(i) * a.get(i);
    norm.set(Math.sqrt(sum));
  },
);
