/** @native bounds: js, fastmath, bounds: throw */
export function first(a: Float64Array): number {
  return a[0]!;
}
// rewritten:
/** @native fastmath, bounds: throw */
export function first(a: Float64Array): number {
  return a[0]!;
}
