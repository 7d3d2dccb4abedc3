import type { i32 } from 'tsnative';

/**
 * How many steps each point of the plane takes to leave a circle of radius 2, up to `most`.
 * @native
 */
export function mandelbrot(width: i32, height: i32, most: i32, steps: Int32Array): void {
  const w: number = width;
  const h: number = height;
  for (let row: i32 = 0; row < height; row++) {
    const y0 = (2 * row) / h - 1;
    for (let column: i32 = 0; column < width; column++) {
      const x0 = (3 * column) / w - 2;
      let x = 0;
      let y = 0;
      let step: i32 = 0;
      while (step < most && x * x + y * y <= 4) {
        const next = x * x - y * y + x0;
        y = 2 * x * y + y0;
        x = next;
        step++;
      }
      steps[row * width + column] = step;
    }
  }
}
