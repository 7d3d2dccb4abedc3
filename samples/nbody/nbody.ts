import type { i32 } from 'tsnative';

/**
 * Moves bodies under their gravity, by `steps` symplectic Euler steps of `dt`.
 * @param bodies seven numbers each: position, velocity, mass (solar masses, AU, years)
 * @native
 */
export function advance(bodies: Float64Array, steps: i32, dt: number): void {
  const count = bodies.length;
  for (let step = 0; step < steps; step++) {
    for (let i = 0; i < count; i += 7) {
      for (let j = i + 7; j < count; j += 7) {
        const dx = bodies[i]! - bodies[j]!;
        const dy = bodies[i + 1]! - bodies[j + 1]!;
        const dz = bodies[i + 2]! - bodies[j + 2]!;
        const square = dx * dx + dy * dy + dz * dz;
        const magnitude = dt / (square * Math.sqrt(square));
        const mi = bodies[i + 6]! * magnitude;
        const mj = bodies[j + 6]! * magnitude;
        bodies[i + 3]! -= dx * mj;
        bodies[i + 4]! -= dy * mj;
        bodies[i + 5]! -= dz * mj;
        bodies[j + 3]! += dx * mi;
        bodies[j + 4]! += dy * mi;
        bodies[j + 5]! += dz * mi;
      }
    }
    for (let i = 0; i < count; i += 7) {
      bodies[i]! += dt * bodies[i + 3]!;
      bodies[i + 1]! += dt * bodies[i + 4]!;
      bodies[i + 2]! += dt * bodies[i + 5]!;
    }
  }
}

/**
 * The total energy, which should hardly change.
 * @native
 */
export function energy(bodies: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < bodies.length; i += 7) {
    const vx = bodies[i + 3]!;
    const vy = bodies[i + 4]!;
    const vz = bodies[i + 5]!;
    sum += 0.5 * bodies[i + 6]! * (vx * vx + vy * vy + vz * vz);
    for (let j = i + 7; j < bodies.length; j += 7) {
      const dx = bodies[i]! - bodies[j]!;
      const dy = bodies[i + 1]! - bodies[j + 1]!;
      const dz = bodies[i + 2]! - bodies[j + 2]!;
      sum -= (bodies[i + 6]! * bodies[j + 6]!) / Math.sqrt(dx * dx + dy * dy + dz * dz);
    }
  }
  return sum;
}
