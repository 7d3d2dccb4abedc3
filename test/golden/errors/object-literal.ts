/** @native */
export function sum(width: number): number {
  const size = { width, height: width * 2 };
  return size.width + size.height;
}
// rewritten:
/** @native */
export function sum(width: number): number {
  const height = width * 2; // a variable for each field
  return width + height;
}
