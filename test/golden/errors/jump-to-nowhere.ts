/** @native */
export function skip(x: number): number {
  // @ts-ignore
  if (x > 0) continue;
  return x;
}
// rewritten:
/** @native */
export function skip(x: number): number {
  if (x > 0) return 0;
  return x;
}
