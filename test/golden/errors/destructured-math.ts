/** @native */
export function wave(x: number): number {
  const { sin, cos } = Math;
  return sin(x) * cos(x);
}
// rewritten:
/** @native */
export function wave(x: number): number {
  return Math.sin(x) * Math.cos(x);
}
