/** @native */
export function roots(values: Float64Array): Float64Array {
  return values.map(Math.max);
}
// rewritten:
/** @native */
export function roots(values: Float64Array): Float64Array {
  return values.map((x) => Math.max(x));
}
