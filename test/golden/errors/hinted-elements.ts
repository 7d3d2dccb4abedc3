import type { i32 } from 'tsnative';

function count(list: number[]): number {
  return list.length;
}

/** @native */
export function ofHints(n: i32): number {
  const list: i32[] = [n, n];
  return count(list);
}
// rewritten:
import type { i32 } from 'tsnative';

function count(list: number[]): number {
  return list.length;
}

/** @native */
export function ofHints(n: i32): number {
  const list: i32[] = [n, n];
  return count([...list]);
}
