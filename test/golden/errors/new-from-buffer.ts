/** @native */
export function tail(values: Float64Array): Float64Array {
  return new Float64Array(values.buffer, 8, 2);
}
// rewritten:
/** @native */
export function tail(values: Float64Array): Float64Array {
  return values.subarray(1, 3);
}
