/** @native */
export function check(a: number, b: number, c: number): void {
  if (a + b < c) throw new RangeError(`${a} + ${b} < ${c}: ${a + b} < ${c}`);
}
// rewritten:
/** @native */
export function check(a: number, b: number, c: number): void {
  if (a + b < c) throw new RangeError(`${a} + ${b} < ${c}`);
}
