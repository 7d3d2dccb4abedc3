/** @native */
export function noise(values: Float64Array): void {
  for (let i = 0; i < values.length; i++) values[i] = Math.random();
}
// rewritten:
import type { i32 } from 'tsnative';

/** @native */
export function noise(values: Float64Array, seed: i32): void {
  let state: i32 = seed;
  for (let i = 0; i < values.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    values[i] = (state >>> 0) / 2 ** 32;
  }
}
