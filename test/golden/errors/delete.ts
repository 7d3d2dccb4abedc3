/** @native */
export function clear(values: Float64Array): void {
  delete values[0];
}
// rewritten:
/** @native */
export function clear(values: Float64Array): void {
  values[0] = 0;
}
