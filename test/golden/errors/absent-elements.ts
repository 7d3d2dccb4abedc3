/** @native */
export function first(x: number): number {
  const found: (number | undefined)[] = [x];
  return found[0] ?? 0;
}
// rewritten:
/** @native */
export function first(x: number): number {
  const found: number[] = [x];
  return found[0] ?? 0;
}
