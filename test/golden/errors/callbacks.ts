/** @native */
export function total(values: Float64Array): number {
  let sum = 0;
  values.forEach((value) => {
    sum += value;
  });
  return sum + values.map((x) => x * 2).reduce((a, b) => a + b, 0);
}
// rewritten:
/** @native */
export function total(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += 3 * values[i]!;
  return sum;
}
