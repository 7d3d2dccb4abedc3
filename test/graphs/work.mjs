/** Functions that tests put into graphs. */
import { appendFileSync } from 'node:fs';

export const add = (a, b) => a + b;
export const square = (x) => x * x;
export const sum = (parts) => parts.reduce((a, b) => a + b, 0);
export const total = ({ prices, discount }) => sum(prices) * (1 - discount);

/** What depends on every bit and on the order of what it gets. */
export function mixed(seed, parts) {
  let hash = seed;
  for (const part of parts) hash = Math.imul(hash ^ part, 0x9e3779b1) >>> 0;
  return hash / 3;
}

export async function later(milliseconds, value) {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  return value;
}

export class NoLuck extends Error {
  name = 'NoLuck';
  constructor(x) {
    super(`no luck with ${x}`);
    this.x = x;
  }
}

/** @throws NoLuck after so many milliseconds */
export async function unlucky(milliseconds, x) {
  await later(milliseconds);
  throw new NoLuck(x);
}

export function noted(file, x) {
  appendFileSync(file, `${x}\n`);
  return x;
}

export async function slowly(file, x) {
  appendFileSync(file, `${process.pid}\n`);
  await later(30);
  return x * x;
}

export const exits = () => process.exit(3);
export const instance = () => new NoLuck(1);
export const multiplier = (factor) =>
  function multiply(x) {
    return x * factor;
  };
export const variable = (name) => process.env[name];
export const passed = (x) => x;
export const applied = (fn, x) => fn(x);
export const forever = () => {
  for (;;);
};

export const shape = (x) => ({
  x,
  list: [x, -0, NaN, undefined],
  map: new Map([[x, new Set([x])]]),
});
export const keys = ({ map, list }) => [[...map.keys()], list.length, Object.is(list[1], -0)];
export const half = (array) => array.subarray(array.length / 2);
export const bufferLength = (array) => array.buffer.byteLength;

export const root = (x) => Math.sqrt(x);
export const ramp = (from, to) => Float64Array.from({ length: to - from }, (_, i) => from + i);
export const weighted = (a, b, weight) => a.map((x, i) => x + weight * b[i]);
export const shorter = (a) => a.subarray(1);
export const sumOf = (array) => array.reduce((a, b) => a + b, 0);
