import type { i32 } from 'tsnative';
interface Point {
  x: number;
  y?: number;
}
interface Pixel {
  x: i32;
  y: i32;
  colour: number;
}

function length(p: Point): number {
  return Math.hypot(p.x, p.y ?? 0);
}

/** @native */
export function measure(pixel: Pixel): number {
  return length(pixel);
}
// rewritten:
import type { i32 } from 'tsnative';
interface Point {
  x: number;
  y?: number;
}
interface Pixel {
  x: i32;
  y: i32;
  colour: number;
}

function length(p: Point): number {
  return Math.hypot(p.x, p.y ?? 0);
}

/** @native */
export function measure(pixel: Pixel): number {
  return length({ x: pixel.x, y: pixel.y });
}
