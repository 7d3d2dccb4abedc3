/** @native */
export function range(values: Float64Array): number {
  const copy = new Float64Array([...values]);
  return Math.max(...copy) - Math.min(...copy);
}
// rewritten:
/** @native */
export function range(values: Float64Array): number {
  const copy = new Float64Array(values);
  let max = -Infinity; for (const x of copy) max = Math.max(max, x);
  let min = Infinity; for (const x of copy) min = Math.min(min, x);
  return max - min;
}
