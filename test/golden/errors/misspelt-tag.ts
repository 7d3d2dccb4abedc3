/** @natvie */
export function first(a: Float64Array): number {
  return a[0]!;
}

/**
 * The last element.
 * @Native
 */
export function last(a: Float64Array): number {
  return a[a.length - 1]!;
}
// rewritten:
/** @native */
export function first(a: Float64Array): number {
  return a[0]!;
}

/**
 * The last element.
 * @native
 */
export function last(a: Float64Array): number {
  return a[a.length - 1]!;
}
