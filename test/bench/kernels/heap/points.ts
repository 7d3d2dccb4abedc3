/** Points that fly about in a box, as objects in an array. */
import type { f64, i32 } from 'tsnative';

interface Point {
  x: f64;
  y: f64;
  dx: f64;
  dy: f64;
  bounces: i32;
}

/** @native */
export function points(steps: i32, places: Float64Array): f64 {
  const all: Point[] = [];
  for (let i = 0; i + 3 < places.length; i += 4)
    all.push({
      x: places[i]!,
      y: places[i + 1]!,
      dx: places[i + 2]!,
      dy: places[i + 3]!,
      bounces: 0,
    });
  for (let step = 0; step < steps; step++) {
    for (const point of all) {
      point.x += point.dx;
      point.y += point.dy;
      if (point.x < 0 || point.x > 1) {
        point.dx = -point.dx;
        point.bounces++;
      }
      if (point.y < 0 || point.y > 1) {
        point.dy = -point.dy;
        point.bounces++;
      }
    }
  }
  let sum = 0;
  for (const { x, y, bounces } of all) sum += x * y + bounces;
  return sum;
}
