interface Point {
  x: number;
  y: number;
}

function length(p: Point): number {
  return Math.hypot(p.x, p.y);
}

/** @native */
export function measure(a: number): number {
  const space = { x: a, y: 1, z: 2 };
  return length(space);
}
// rewritten:
interface Point {
  x: number;
  y: number;
}

function length(p: Point): number {
  return Math.hypot(p.x, p.y);
}

/** @native */
export function measure(a: number): number {
  const space = { x: a, y: 1, z: 2 };
  return length({ x: space.x, y: space.y });
}
