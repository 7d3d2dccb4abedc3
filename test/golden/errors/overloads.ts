/** @native */
export function area(width: number): number;
export function area(width: number, height: number): number;
export function area(width: number, height?: number): number {
  return width * (height ?? width);
}
// rewritten:
/** @native */
export function area(width: number, height?: number): number {
  return width * (height ?? width);
}
