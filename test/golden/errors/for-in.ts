/** @native */
export function total(values: Float64Array): number {
  let sum = 0;
  for (const i in values) sum += values[+i]!;
  return sum;
}
// rewritten:
/** @native */
export function total(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}
