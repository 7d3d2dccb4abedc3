/** @native */
export function calls(x: number): number {
  const n = parseInt('12');
  return n + Math['sin'](x) + eval('x') + structuredClone(x);
}
// rewritten:
/** @native */
export function calls(x: number, n: number): number {
  return n + Math.sin(x);
}
