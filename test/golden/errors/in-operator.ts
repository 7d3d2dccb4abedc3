/** @native */
export function has(values: Float64Array, index: number): boolean {
  return index in values;
}
// rewritten:
/** @native */
export function has(values: Float64Array, index: number): boolean {
  return index >= 0 && index < values.length;
}
