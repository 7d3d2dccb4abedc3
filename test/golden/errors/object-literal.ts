/** @native */
export function sum(width: number): number {
  const size = { width, grow() {} };
  return size.width;
}
