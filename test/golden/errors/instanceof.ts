/** @native */
export function size(x: Float64Array): number {
  return x instanceof Float64Array ? x.length : 1;
}
// rewritten:
/** @native */
export function size(x: Float64Array): number {
  return x.length;
}
