import type { i64 } from 'tsnative';

/** @native */
export function isSmall(id: i64, limit: number): boolean {
  return id < 10 || id < limit;
}
// rewritten:
import type { i64 } from 'tsnative';

/** @native */
export function isSmall(id: i64, limit: number): boolean {
  return id < 10n || Number(id) < limit;
}
