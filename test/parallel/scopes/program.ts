import { parallel, type i32 } from 'tsnative';

function orbit(x: number, rounds: number): number {
  for (let k = 0; k < rounds; k++) x = 3.7 * x * (1 - x);
  return x;
}

/**
 * The first element of `running` is how many threads are in the loop.
 * @native
 */
export function spin(running: Int32Array, parts: i32, rounds: i32): number {
  return parallel.sum(parts, (i: i32) => {
    Atomics.add(running, 0, 1);
    const x = orbit(0.25 + i / parts / 2, rounds);
    Atomics.sub(running, 0, 1);
    return x;
  });
}

/** @native */
export async function later(running: Int32Array, parts: i32, rounds: i32): Promise<number> {
  return spin(running, parts, rounds);
}
