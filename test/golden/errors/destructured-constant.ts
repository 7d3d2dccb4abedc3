const { width } = { width: 640 };

/** @native */
export function isWide(x: number): boolean {
  return x > width;
}
// rewritten:
const object = { width: 640 };
const width = object.width;

/** @native */
export function isWide(x: number): boolean {
  return x > width;
}
