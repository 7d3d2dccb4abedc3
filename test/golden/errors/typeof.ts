/** @native */
export function twice(x: number, y?: number): number {
  if (typeof x !== 'number') return 0;
  return typeof y === 'undefined' ? 2 * x : 2 * y;
}
// rewritten:
/** @native */
export function twice(x: number, y?: number): number {
  return y === undefined ? 2 * x : 2 * y;
}
