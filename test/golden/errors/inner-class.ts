/** @native */
export function area(width: number): number {
  class Square {
    constructor(readonly side: number) {}
  }
  const square = new Square(width);
  return square.side ** 2;
}
// rewritten:
/** @native */
export function area(width: number): number {
  const side = width;
  return side ** 2;
}
