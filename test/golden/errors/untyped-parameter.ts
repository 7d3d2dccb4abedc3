/** @native */
export function next(x: number, seed = 1n): number {
  return x + Number(seed);
}
// rewritten:
import type { i64 } from 'tsnative';
/** @native */
export function next(x: number, seed: i64 = 1n): number {
  return x + Number(seed);
}
