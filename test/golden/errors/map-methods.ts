/** @native */
export function total(values: Float64Array): number {
  const map = new Map<number, number>();
  for (const value of values) map.set(value, 1);
  let sum = 0;
  map.forEach((value, key) => (sum += value * key));
  const keys = map.keys();
  return sum + (keys.next().value ?? 0);
}
// rewritten:
/** @native */
export function total(values: Float64Array): number {
  const map = new Map<number, number>();
  for (const value of values) map.set(value, 1);
  let sum = 0;
  for (const [key, value] of map) sum += value * key;
  for (const key of map.keys()) return sum + key;
  return sum;
}
