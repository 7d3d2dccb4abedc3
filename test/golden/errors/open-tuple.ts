/** @native */
export function sum(x: number): number {
  const pair: [number, number?] = [x];
  const many: [number, ...number[]] = [x, x, x];
  return pair[0] + many[0];
}
// rewritten:
/** @native */
export function sum(x: number): number {
  const pair: { x: number; y?: number } = { x };
  const many: number[] = [x, x, x];
  return pair.x + many[0];
}
