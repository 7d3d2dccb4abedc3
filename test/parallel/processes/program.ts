import { parallel, type i32 } from 'tsnative';

function orbit(x: number, rounds: number): number {
  for (let k = 0; k < rounds; k++) x = 3.7 * x * (1 - x);
  return x;
}

/**
 * A loop in loops. The first element of `running` is how many threads are in the inner ones.
 * @native
 */
export function nested(running: Int32Array, parts: i32, rounds: i32): number {
  return parallel.sum(8, (j: i32) =>
    parallel.sum(parts, (i: i32) => {
      Atomics.add(running, 0, 1);
      const x = orbit(0.25 + (i + j) / (parts + 8) / 2, rounds);
      Atomics.sub(running, 0, 1);
      return x;
    }),
  );
}

/** @native */
export async function later(parts: i32, rounds: i32): Promise<number> {
  return parallel.sum(parts, (i: i32) => orbit(0.25 + i / parts / 2, rounds));
}

/** @native */
export async function alone(rounds: number): Promise<number> {
  let x = 0.25;
  for (let k = 0; k < rounds; k++) x = 3.7 * x * (1 - x);
  return x;
}
