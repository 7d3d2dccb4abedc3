import type { i32 } from 'tsnative';

/**
 * Planets that attract each other: each step takes speeds and then places (x, y, z of each body)
 * forward by dt.
 * @native
 */
export function nBody(
  steps: i32,
  n: i32,
  dt: number,
  place: Float64Array,
  speed: Float64Array,
  mass: Float64Array,
): void {
  for (let step: i32 = 0; step < steps; step++) {
    for (let i: i32 = 0; i < n; i++) {
      for (let j: i32 = i + 1; j < n; j++) {
        const dx = place[3 * i] - place[3 * j];
        const dy = place[3 * i + 1] - place[3 * j + 1];
        const dz = place[3 * i + 2] - place[3 * j + 2];
        const square = dx * dx + dy * dy + dz * dz;
        const pull = dt / (square * Math.sqrt(square));
        speed[3 * i] -= dx * mass[j] * pull;
        speed[3 * i + 1] -= dy * mass[j] * pull;
        speed[3 * i + 2] -= dz * mass[j] * pull;
        speed[3 * j] += dx * mass[i] * pull;
        speed[3 * j + 1] += dy * mass[i] * pull;
        speed[3 * j + 2] += dz * mass[i] * pull;
      }
    }
    for (let i: i32 = 0; i < 3 * n; i++) place[i] += dt * speed[i];
  }
}
