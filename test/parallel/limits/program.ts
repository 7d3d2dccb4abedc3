import type { i32 } from 'tsnative';
import { parallel } from 'tsnative';

/** @native */
export function total(n: i32): number {
  return parallel.sum(n, (i: i32) => Math.sqrt(i % 1000));
}
