/** Bodies that attract each other, as objects in an array. */
import type { f64, i32 } from 'tsnative';

class Body {
  vx = 0;
  vy = 0;
  vz = 0;
  constructor(
    public x: f64,
    public y: f64,
    public z: f64,
    readonly mass: f64,
  ) {}
}

function advance(bodies: Body[], dt: f64): void {
  for (let i = 0; i < bodies.length; i++) {
    const a = bodies[i]!;
    for (let j = i + 1; j < bodies.length; j++) {
      const b = bodies[j]!;
      const dx = a.x - b.x;
      const dy = a.y - b.y;
      const dz = a.z - b.z;
      const square = dx * dx + dy * dy + dz * dz + 0.01;
      const pull = dt / (square * Math.sqrt(square));
      a.vx -= dx * b.mass * pull;
      a.vy -= dy * b.mass * pull;
      a.vz -= dz * b.mass * pull;
      b.vx += dx * a.mass * pull;
      b.vy += dy * a.mass * pull;
      b.vz += dz * a.mass * pull;
    }
  }
  for (const body of bodies) {
    body.x += dt * body.vx;
    body.y += dt * body.vy;
    body.z += dt * body.vz;
  }
}

/** @native */
export function bodies(steps: i32, places: Float64Array, masses: Float64Array): f64 {
  const all: Body[] = [];
  for (let i = 0; i < masses.length; i++)
    all.push(new Body(places[3 * i]!, places[3 * i + 1]!, places[3 * i + 2]!, masses[i]!));
  for (let step = 0; step < steps; step++) advance(all, 0.01);
  let energy = 0;
  for (const { mass, vx, vy, vz } of all) energy += 0.5 * mass * (vx * vx + vy * vy + vz * vz);
  return energy;
}
