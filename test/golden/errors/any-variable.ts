/** @native */
export function double(x: number): number {
  let y: any = x;
  y *= 2;
  return y;
}
// rewritten:
/** @native */
export function double(x: number): number {
  let y: number = x;
  y *= 2;
  return y;
}
