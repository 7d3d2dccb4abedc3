/** Doubles a number, quickly. @native */
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
