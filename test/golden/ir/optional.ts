import type { i32 } from 'tsnative';

/** @native */
export function scale(x: number, factor: i32 = 2, offset?: number): number {
  return x * factor + (offset ?? 0);
}
