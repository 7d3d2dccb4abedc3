let weight = (x: number): number => x * 2;

export function useSquares(): void {
  weight = (x) => x * x;
}

/** @native */
export function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += weight(value);
  return sum;
}
// rewritten:
const weight = (x: number): number => x * 2;

/** @native */
export function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += weight(value);
  return sum;
}
