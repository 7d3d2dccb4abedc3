/** Doubles a number, and is @native so that it is quick. */
export function twice(x: number): number {
  return 2 * x;
}
// rewritten:
/**
 * Doubles a number.
 * @native
 */
export function twice(x: number): number {
  return 2 * x;
}
