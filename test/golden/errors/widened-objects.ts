interface Shape {
  name: string;
  area: number;
}
interface Square extends Shape {
  side: number;
}
interface Point {
  x: number;
}
interface Pixel extends Point {
  colour: number;
}
interface Part {
  size: number;
}
interface Bolt extends Part {
  thread: number;
}
interface Order {
  part: Part;
}

/** @native */
export function largest(squares: Square[]): Shape | null {
  let best: Shape | null = null;
  for (const square of squares) if (!best || square.area > best.area) best = square;
  return best;
}

function moved(point: Point, by: number): Point {
  return { ...point, x: point.x + by };
}

/** @native */
export function shift(pixel: Pixel): number {
  return moved(pixel, 1).x;
}

/** @native */
export function fill(order: Order, bolt: Bolt): void {
  order.part = bolt;
}

// rewritten:
interface Shape {
  name: string;
  area: number;
}
interface Square extends Shape {
  side: number;
}
interface Point {
  x: number;
}
interface Pixel extends Point {
  colour: number;
}
interface Part {
  size: number;
}
interface Bolt extends Part {
  thread: number;
}
interface Order {
  part: Bolt;
}

/** @native */
export function largest(squares: Square[]): Square | null {
  let best: Square | null = null;
  for (const square of squares) if (!best || square.area > best.area) best = square;
  return best;
}

function moved(point: Point, by: number): Point {
  return { ...point, x: point.x + by };
}

/** @native */
export function shift(pixel: Pixel): number {
  return moved({ x: pixel.x }, 1).x;
}

/** @native */
export function fill(order: Order, bolt: Bolt): void {
  order.part = bolt;
}
