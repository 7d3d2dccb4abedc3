/** @native */
export function length({ x, y }: { x: number; y: number }): number {
  return Math.sqrt(x * x + y * y);
}
// rewritten:
/** @native */
export function length(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}
