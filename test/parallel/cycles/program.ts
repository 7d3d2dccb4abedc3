import { parallel, type i32 } from 'tsnative';

function work(i: number, rounds: number): number {
  let x = (i % 97) / 100;
  for (let k = 0; k < rounds; k++) x = 3.9 * x * (1 - x);
  return x;
}

/** @native */
export function loop(out: Float64Array, rounds: number): void {
  parallel.for(out.length, (i: i32) => {
    out[i] = work(i, rounds);
  });
}

/** @native */
export function nested(rows: number, columns: number): number {
  return parallel.sum(rows, (i) => parallel.sum(columns, (k) => work(i * columns + k, 20)));
}

/** @native */
export function ordered(values: Float64Array): Float64Array {
  return parallel.scan(parallel.sort(values), (a, b) => a * 0.5 + b);
}

/** @native */
export async function later(values: Float64Array, rounds: number): Promise<number> {
  parallel.for(values.length, (i: i32) => {
    values[i] = work(i, rounds);
  });
  return parallel.sum(values.length, (i) => values[i]);
}

/** @native */
export async function endless(shared: Int32Array, rounds: number): Promise<string[]> {
  const texts: string[] = [];
  for (let i = 0; i < rounds; i++) {
    shared[0] = i % 1000;
    if (i < 1000) texts.push(`number ${i}`);
  }
  return texts;
}
