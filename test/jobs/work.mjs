/** Functions that tests run on worker threads. */
import { appendFileSync } from 'node:fs';
import { threadId } from 'node:worker_threads';
import { offset } from './work-part.mjs';

export const square = (x) => x * x + offset;

export async function later(milliseconds) {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  return milliseconds;
}

export class NoLuck extends Error {
  name = 'NoLuck';
  constructor(x) {
    super(`no luck with ${x}`);
    this.x = x;
  }
}

export function odd(x) {
  if (x % 2 === 0) throw new NoLuck(x);
  return x;
}

const tried = new Map();

/** Works at the third time, on one thread. */
export function third(x) {
  const times = (tried.get(x) ?? 0) + 1;
  tried.set(x, times);
  if (times < 3) throw new RangeError(`time ${times}`);
  return times;
}

export function exitsAt(x) {
  if (x === 7) process.exit(3);
  return x;
}

export function noted({ file, x }) {
  appendFileSync(file, `${x}\n`);
  return -x;
}

export const thread = () => threadId;

export function count(cells) {
  return Atomics.add(cells, 0, 1);
}

export const functionOf = (x) => () => x;

export const forever = () => {
  for (;;);
};
