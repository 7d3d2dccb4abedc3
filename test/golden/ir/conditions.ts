/** @native */
export function inside(x: number, low: number, high: number): number {
  if (x >= low && (x < high || high === 0)) return 1;
  return x !== x ? -1 : 0;
}
