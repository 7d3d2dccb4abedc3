import { parallel, type i32 } from 'tsnative';

function orbit(x: number, rounds: number): number {
  for (let k = 0; k < rounds; k++) x = 3.7 * x * (1 - x);
  return x;
}

/** @native */
export function spin(parts: i32, rounds: i32): number {
  return parallel.sum(parts, (i: i32) => orbit(0.25 + i / parts / 2, rounds));
}

/** @native */
export async function later(parts: i32, rounds: i32): Promise<number> {
  return parallel.sum(parts, (i: i32) => orbit(0.25 + i / parts / 2, rounds));
}
