/** @native */
export function largest(...values: number[]): number {
  let best = -Infinity;
  for (const value of values) best = Math.max(best, value);
  return best;
}
// rewritten:
/** @native */
export function largest(values: Float64Array): number {
  let best = -Infinity;
  for (const value of values) best = Math.max(best, value);
  return best;
}
