interface Point {
  x: number;
  y: number;
}

/** @native */
export function sum(a: number): number {
  const space = { x: a, y: 1, z: 2 };
  const point: Point = { ...space };
  return point.x + point.y;
}
// rewritten:
interface Point {
  x: number;
  y: number;
}

/** @native */
export function sum(a: number): number {
  const space = { x: a, y: 1, z: 2 };
  const point: Point = { x: space.x, y: space.y };
  return point.x + point.y;
}
