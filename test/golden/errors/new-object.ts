/** @native */
export function count(n: number): number {
  const list = new Array(n);
  const seen = new Set<number>();
  return list.length + seen.size;
}
// rewritten:
/** @native */
export function count(n: number): number {
  const list = new Float64Array(n);
  return list.length;
}
