/** @native */
export function check(x: number): void {
  if (x < 0) throw 'negative';
  if (x > 9) throw new AggregateError([], 'too large');
  if (x > 5) throw x;
}
// rewritten:
/** @native */
export function check(x: number): void {
  if (x < 0) throw new Error('negative');
  if (x > 9) throw new Error('too large');
  if (x > 5) throw new Error('what went wrong');
}
