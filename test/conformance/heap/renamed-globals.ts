/** Functions and constants of JavaScript's globals under other names, and as callbacks. */
import * as self from './renamed-globals.js';

const sqrt = Math.sqrt;
const { PI, E: e, max, floor: down } = Math;
const fromUnits = String.fromCharCode;
const { isInteger, EPSILON } = Number;
const power = Math.pow;
const whole = down;
const toText = String;

export const scaled = (x: number, by: number): number => x * by;
const scale = self.scaled;

/** @native */
export function outside(x: number, y: number): number[] {
  return [
    sqrt(x),
    PI * x,
    e,
    max(x, y, -1),
    down(x),
    whole(y),
    power(x, 2),
    EPSILON + y,
    scale(x, y),
    isInteger(x) ? 1 : 0,
  ];
}

/** @native */
export function inside(x: number, y: number): [number, string] {
  const { abs, min, LN2 } = Math;
  const { imul } = Math;
  const add = (k: number): number => abs(k) + LN2;
  const { fromCharCode } = String;
  return [min(add(x), imul(x, y)), fromCharCode(x, 66) + fromUnits(65) + toText(y)];
}

/** @native */
export function callbacks(xs: number[], floats: Float64Array): number[][] {
  const { sign } = Math;
  return [
    xs.map(Math.sqrt),
    xs.map(sqrt),
    xs.map(Math.round),
    xs.map(sign),
    xs.map(Math.clz32),
    xs.map(Math.fround),
    xs.filter(Math.trunc),
    [...floats.map(Math.abs)],
    Array.from(floats, Math.ceil),
    [...xs].sort(Math.sign),
  ];
}

/** @native */
export function hidden(x: number): number {
  const Math = { sqrt: (y: number) => y + 1 };
  const root = Math.sqrt;
  return root(x);
}

const numbers = [0, -0, 2.5, -2.5, NaN, Infinity, -Infinity, 2 ** 31, -(2 ** 32), 2 ** 53, 65];

export const cases: [string, unknown[]][] = [
  ...numbers.flatMap((x): [string, unknown[]][] => [
    ['outside', [x, 0.5]],
    ['outside', [1, x]],
    ['inside', [x, 3]],
    ['inside', [66, x]],
    ['hidden', [x]],
  ]),
  ['callbacks', [numbers, Float64Array.from(numbers)]],
  ['callbacks', [[], new Float64Array(0)]],
];
