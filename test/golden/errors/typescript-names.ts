/** @native */
export function area(width: number): number {
  return width * heigth * missing(width);
}
