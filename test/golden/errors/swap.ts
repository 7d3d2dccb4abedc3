/** @native */
export function order(a: number, b: number): number {
  if (a > b) [a, b] = [b, a];
  return b - a;
}
// rewritten:
/** @native */
export function order(a: number, b: number): number {
  if (a > b) {
    const value0 = b, value1 = a; a = value0; b = value1;
  }
  return b - a;
}
