import type { i32 } from 'tsnative';

/** Puts elements in bit-reversed order (Cooley and Tukey 1965). */
function reorder(re: Float64Array, im: Float64Array, n: i32): void {
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    while (j & bit) {
      j ^= bit;
      bit >>= 1;
    }
    j ^= bit;
    if (i < j) {
      const r = re[i]!;
      const m = im[i]!;
      re[i] = re[j]!;
      im[i] = im[j]!;
      re[j] = r;
      im[j] = m;
    }
  }
}

/** The transform in place; `cos` and `sin` hold the angles 2πk/n for k < n/2. */
function transform(
  re: Float64Array,
  im: Float64Array,
  cos: Float64Array,
  sin: Float64Array,
  n: i32,
): void {
  reorder(re, im, n);
  for (let half = 1; half < n; half *= 2) {
    const step = n / (half * 2);
    for (let start = 0; start < n; start += half * 2) {
      for (let k = 0; k < half; k++) {
        const wr = cos[k * step]!;
        const wi = -sin[k * step]!;
        const a = start + k;
        const b = a + half;
        const xr = re[b]! * wr - im[b]! * wi;
        const xi = re[b]! * wi + im[b]! * wr;
        re[b] = re[a]! - xr;
        im[b] = im[a]! - xi;
        re[a]! += xr;
        im[a]! += xi;
      }
    }
  }
}

/**
 * The power spectrum of a signal, averaged over half-overlapping windows (Welch 1967).
 * @param n window length, a power of two
 * @returns power at the frequencies 0 … n/2 in units of rate/n
 * @native
 */
export function spectrum(signal: Float32Array, n: i32): Float64Array {
  if (n < 2 || (n & (n - 1)) !== 0)
    throw new RangeError(`window length ${n} is not a power of two`);
  const half = n / 2;
  const cos = new Float64Array(half);
  const sin = new Float64Array(half);
  for (let k = 0; k < half; k++) {
    cos[k] = cosineOfTurn(k / n);
    sin[k] = cosineOfTurn(k / n - 0.25);
  }
  const re = new Float64Array(n);
  const im = new Float64Array(n);
  const power = new Float64Array(half + 1);
  let windows = 0;
  for (let start = 0; start + n <= signal.length; start += half) {
    for (let i = 0; i < n; i++) {
      // Hann's window: 0.5 − 0.5 cos(2πi/n).
      const weight = 0.5 - 0.5 * (i < half ? cos[i]! : -cos[i - half]!);
      re[i] = signal[start + i]! * weight;
      im[i] = 0;
    }
    transform(re, im, cos, sin, n);
    for (let k = 0; k <= half; k++) power[k]! += re[k]! * re[k]! + im[k]! * im[k]!;
    windows++;
  }
  for (let k = 0; k <= half; k++) power[k]! /= Math.max(windows, 1);
  return power;
}

/**
 * cos(2πx) for |x| ≤ 1/2, by Taylor's series around the nearest quarter turn. `Math.cos` may differ in
 * the last bit between native code and JavaScript; this is the same everywhere.
 */
function cosineOfTurn(x: number): number {
  const quarter = Math.round(x * 4);
  const angle = (x - quarter / 4) * 2 * Math.PI;
  let cos = 1;
  let sin = angle;
  let term = angle;
  for (let k = 2; k < 22; k += 2) {
    term *= -angle / k;
    // The cosine's and the sine's term of the next two powers.
    cos += term;
    term *= angle / (k + 1);
    sin += term;
  }
  switch (quarter) {
    case 0:
      return cos;
    case 1:
      return -sin;
    case -1:
      return sin;
    default:
      return -cos;
  }
}
