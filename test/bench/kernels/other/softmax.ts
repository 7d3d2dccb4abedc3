import type { i32 } from 'tsnative';

/**
 * Makes n numbers probabilities: their exponentials, over the sum of those.
 * @native
 */
export function softmax(n: i32, from: Float64Array, to: Float64Array): void {
  let largest = -Infinity;
  for (let i: i32 = 0; i < n; i++) largest = from[i] > largest ? from[i] : largest;
  let sum = 0;
  for (let i: i32 = 0; i < n; i++) {
    to[i] = Math.exp(from[i] - largest);
    sum += to[i];
  }
  for (let i: i32 = 0; i < n; i++) to[i] /= sum;
}
