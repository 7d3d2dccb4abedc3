import { helper, scale } from './helper.js';

/** @native */
export function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += helper(value) * scale;
  return sum + Math.random();
}
