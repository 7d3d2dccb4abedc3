import type { i32 } from 'tsnative';
import { parallel } from 'tsnative';

/** @native */
export async function burn(rounds: number, signal?: AbortSignal): Promise<number> {
  let x = 0.5;
  for (let i = 0; i < rounds; i++) x = 3.9 * x * (1 - x);
  return x;
}

/** @native */
export async function smooth(
  values: Float64Array,
  rounds: i32,
  signal?: AbortSignal,
): Promise<void> {
  for (let round = 0; round < rounds; round++)
    for (let i = 1; i < values.length; i++) values[i] = (values[i] + values[i - 1]) / 2;
}

/** @native */
export async function mixed(
  values: Float64Array,
  rounds: number,
  signal: AbortSignal,
): Promise<number> {
  let hash = 0;
  for (let i = 0; i < rounds; i++) hash = (hash * 31 + values[i % values.length]) % 65536;
  return hash;
}

function fib(n: number): number {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

/** @native */
export async function recursive(n: number, signal?: AbortSignal): Promise<number> {
  return fib(n);
}

/** @native */
export async function everywhere(n: i32, rounds: number, signal?: AbortSignal): Promise<number> {
  return parallel.sum(n, (i: i32) => {
    let x = 0.5 + i / n / 4;
    for (let k = 0; k < rounds; k++) x = 3.7 * x * (1 - x);
    return x;
  });
}

interface State {
  rounds: number;
  seen: string[];
}

/** @native */
export async function through(state: State, rounds: number, signal?: AbortSignal): Promise<State> {
  state.seen.push('begun');
  for (let i = 0; i < rounds; i++) {
    try {
      state.rounds = step(state.rounds);
    } catch {
      state.rounds = -1;
    }
  }
  return state;
}

function step(rounds: number): number {
  let next = rounds;
  for (let k = 0; k < 10; k++) next += 1;
  return next;
}

/** @native */
export async function asking(rounds: i32, signal?: AbortSignal): Promise<number> {
  let total = 0;
  for (let i = 0; i < rounds; i++) {
    signal?.throwIfAborted();
    total += i;
  }
  return total;
}

/** @native */
export const arrow = async (x: number, signal: AbortSignal): Promise<number> => {
  signal.throwIfAborted();
  return x * 2;
};

/** @native */
export async function counting(
  cells: Int32Array,
  rounds: number,
  signal?: AbortSignal,
): Promise<void> {
  for (let i = 0; i < rounds; i++) cells[0] += 1;
}
