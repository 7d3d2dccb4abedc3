/** @native */
export function last<T extends Float32Array | Float64Array>(array: T): number {
  return array[array.length - 1]!;
}
// rewritten:
/** @native */
export function last(array: Float64Array): number {
  return array[array.length - 1]!;
}
