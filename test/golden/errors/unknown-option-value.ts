/** @native bounds: unchekd, overflow: js */
export function first(a: Float64Array): number {
  return a[0]!;
}
// rewritten:
/** @native bounds: unchecked, overflow: unchecked */
export function first(a: Float64Array): number {
  return a[0]!;
}
