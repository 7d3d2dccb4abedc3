/** @native */
export function scaled(...[by, value]: [number, number]): number {
  return by * value;
}
// rewritten:
/** @native */
export function scaled(by: number, ...values: number[]): number {
  let sum = 0;
  for (const value of values) sum += by * value;
  return sum;
}
