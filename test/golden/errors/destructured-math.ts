/** @native */
export function wave(x: number): number {
  let { sin, cos } = Math;
  return sin(x) * cos(x);
}
// rewritten:
/** @native */
export function wave(x: number): number {
  const { sin, cos } = Math;
  return sin(x) * cos(x);
}
