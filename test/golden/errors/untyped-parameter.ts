/** @native */
export function grow(x: number, factor = 2): number {
  return x * factor;
}
// rewritten:
/** @native */
export function grow(x: number, factor: number = 2): number {
  return x * factor;
}
