const size = { width: 640, height: 480 };
const { width, height: depth } = size;

/** @native */
export function isWide(x: number): boolean {
  return x > width && x > depth;
}
// rewritten:
const size = { width: 640, height: 480 };
const width = size.width;
const depth = size.height;

/** @native */
export function isWide(x: number): boolean {
  return x > width && x > depth;
}
