/** @native */
export function total(values: Float64Array): number {
  const map = new Map<number, number>();
  for (const value of values) map.set(value, 1);
  const sum = 0;
  const keys = map.keys();
  return sum + (keys.next().value ?? 0);
}
// rewritten:
/** @native */
export function total(values: Float64Array): number {
  const map = new Map<number, number>();
  for (const value of values) map.set(value, 1);
  const sum = 0;
  for (const key of map.keys()) return sum + key;
  return sum;
}
