/** @native */
export function count(x: number): number {
  return x + arguments.length;
}
// rewritten:
/** @native */
export function count(x: number, y?: number): number {
  return x + (y === undefined ? 1 : 2);
}
