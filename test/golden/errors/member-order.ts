interface Point {
  x: number;
  y: number;
}

/** @native */
export function sum(a: number): number {
  const point: Point = { y: a, x: 1 };
  return point.x + point.y;
}
// rewritten:
interface Point {
  x: number;
  y: number;
}

/** @native */
export function sum(a: number): number {
  const point: Point = { x: 1, y: a };
  return point.x + point.y;
}
