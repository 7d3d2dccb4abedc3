/** @native */
export function lie(x: number): number {
  const y: number = null!;
  return x + y;
}
// rewritten:
/** @native */
export function lie(x: number): number {
  const y: number | null = null;
  return x + (y ?? 0);
}
