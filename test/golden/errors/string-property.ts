/** @native */
export function size(values: Float64Array): number {
  return values['length'] + values['0'];
}
// rewritten:
/** @native */
export function size(values: Float64Array): number {
  return values.length + values[0]!;
}
