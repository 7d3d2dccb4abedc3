/** @native */
export async function total(values: Float64Array): Promise<number> {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
// rewritten:
/** @native */
function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

export async function total(values: Float64Array): Promise<number> {
  return sumOf(values);
}
