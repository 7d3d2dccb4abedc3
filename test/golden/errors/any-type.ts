/** @native */
export function double(x: any): number {
  const y: unknown = x;
  return (y as number) * 2;
}
// rewritten:
/** @native */
export function double(x: number): number {
  const y: number = x;
  return y * 2;
}
