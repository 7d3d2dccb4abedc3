import type { i32 } from 'tsnative';

/** How many rounds z ← z² + c stays within radius 2, at most `limit`. */
function escapeTime(cx: number, cy: number, limit: i32): number {
  let x = 0;
  let y = 0;
  for (let n = 0; n < limit; n++) {
    const xx = x * x;
    const yy = y * y;
    if (xx + yy > 4) return n;
    y = 2 * x * y + cy;
    x = xx - yy + cx;
  }
  return limit;
}

/**
 * Counts for each pixel of a picture, row by row, whose middle is the point (cx, cy) of the plane.
 * @param scale distance between two pixels in the plane
 * @native
 */
export function mandelbrot(
  counts: Uint16Array,
  width: i32,
  height: i32,
  cx: number,
  cy: number,
  scale: number,
  limit: i32,
): void {
  for (let row = 0; row < height; row++) {
    const y = cy + (row - height / 2) * scale;
    for (let column = 0; column < width; column++) {
      const x = cx + (column - width / 2) * scale;
      counts[row * width + column] = escapeTime(x, y, limit);
    }
  }
}
