/** @native */
export function area({ width }: { width: number }, height: number = width): number {
  return width * height;
}
// rewritten:
/** @native */
export function area(size: { width: number }, height: number = size.width): number {
  const { width } = size;
  return width * height;
}
