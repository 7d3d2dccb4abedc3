/** @native */
export function calls(x: number): number {
  const n = encodeURI('12').length;
  return n + Math['sin'](x) + eval('x') + structuredClone(x);
}
// rewritten:
/** @native */
export function calls(x: number, n: number): number {
  return n + Math.sin(x);
}
