/** @native */
export function count(n: number): number {
  const list = new Array(n);
  const seen = new Date(0);
  return list.length + seen.getTime();
}
// rewritten:
/** @native */
export function count(n: number): number {
  const list = new Float64Array(n);
  return list.length;
}
