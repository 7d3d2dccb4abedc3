/** @native */
export function twice(x: number): number {
  using nothing = null;
  return 2 * x;
}
// rewritten:
/** @native */
export function twice(x: number): number {
  return 2 * x;
}
