/** @native */
export function safe(values: Float64Array, index: number): number {
  try {
    return values[index]!;
  } catch {
    return 0;
  }
}
// rewritten:
/** @native */
export function safe(values: Float64Array, index: number): number {
  if (index >= 0 && index < values.length) return values[index]!;
  return 0;
}
