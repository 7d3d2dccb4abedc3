/** @native */
export function roots(values: Float64Array): Float64Array {
  return values.map(Math.sqrt);
}
// rewritten:
/** @native */
export function roots(values: Float64Array): Float64Array {
  return values.map((x) => Math.sqrt(x));
}
