/** @native */
export function clear(values: Float64Array, start?: number, end?: number): Float64Array {
  return values.fill(0, start, end);
}
// rewritten:
/** @native */
export function clear(values: Float64Array, start?: number, end?: number): Float64Array {
  return values.fill(0, start ?? 0, end);
}
