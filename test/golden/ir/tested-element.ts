/** @native */
export function at(values: Float64Array, index: number): number {
  return values[index] ?? 0;
}
