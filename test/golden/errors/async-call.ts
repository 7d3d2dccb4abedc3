/** @native */
export async function total(values: Float64Array): Promise<number> {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** @native */
export async function mean(values: Float64Array): Promise<number> {
  return (await total(values)) / values.length;
}

/** @native */
export function start(values: Float64Array): void {
  total(values);
}
// rewritten:
function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** @native */
export async function total(values: Float64Array): Promise<number> {
  return sumOf(values);
}

/** @native */
export async function mean(values: Float64Array): Promise<number> {
  return sumOf(values) / values.length;
}

export function start(values: Float64Array): void {
  void total(values);
}
