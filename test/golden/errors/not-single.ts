import type { f32 } from 'tsnative';

/** @native */
export function blend(a: f32, b: f32): f32 {
  let sum: f32 = a * 0.1;
  sum += b;
  sum++;
  return sum / 2;
}
// rewritten:
import type { f32 } from 'tsnative';

/** @native */
export function blend(a: f32, b: f32): f32 {
  let sum: f32 = Math.fround(a * 0.1);
  sum = Math.fround(sum + b);
  sum = Math.fround(sum + 1);
  return Math.fround(sum / 2);
}
