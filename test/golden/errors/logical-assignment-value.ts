/** @native */
export function count(values: Float64Array): number {
  return (values[0] ||= 1) + 1;
}
// rewritten:
/** @native */
export function count(values: Float64Array): number {
  values[0] ||= 1; // a statement of its own, and values[0] after it
  return values[0] + 1;
}
