import type { f64, i32 } from 'tsnative';

/** The weights of a Gaussian out to three standard deviations; they sum to 1. */
export function gaussian(sigma: f64): Float64Array {
  const radius = Math.ceil(sigma * 3);
  const weights = Float64Array.from({ length: radius * 2 + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma * sigma)),
  );
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / sum);
}

/** One row or column of one channel: `count` samples, `stride` apart; the border is repeated outwards. */
function blurLine(
  source: Float32Array,
  target: Float32Array,
  start: i32,
  stride: i32,
  count: i32,
  weights: Float64Array,
): void {
  const radius = weights.length >> 1;
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let k = 0; k < weights.length; k++) {
      const at = Math.min(Math.max(i + k - radius, 0), count - 1);
      sum += weights[k]! * source[start + at * stride]!;
    }
    target[start + i * stride] = sum;
  }
}

/**
 * Blurs RGBA pixels in place, rows first, then columns; alpha stays.
 * @native
 */
export function blur(
  rgba: Uint8ClampedArray,
  width: i32,
  height: i32,
  weights: Float64Array,
): void {
  const plane = new Float32Array(width * height);
  const between = new Float32Array(width * height);
  for (let channel = 0; channel < 3; channel++) {
    for (let i = 0; i < plane.length; i++) plane[i] = rgba[i * 4 + channel]!;
    for (let y = 0; y < height; y++) blurLine(plane, between, y * width, 1, width, weights);
    for (let x = 0; x < width; x++) blurLine(between, plane, x, width, height, weights);
    for (let i = 0; i < plane.length; i++) rgba[i * 4 + channel] = plane[i]!;
  }
}
