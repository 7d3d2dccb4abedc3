/** @native */
export function total(values: Float64Array): number {
  const half = async (x: number): Promise<number> => x / 2;
  half(1);
  return values[0];
}
// rewritten:
/** @native */
export function total(values: Float64Array): number {
  const half = (x: number): number => x / 2;
  half(1);
  return values[0];
}
