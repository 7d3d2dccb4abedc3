/** Functions whose parameters and results have their types from the variable that holds them. */
import type { i32, i64, u8 } from 'tsnative';

type Both<T, R = T> = (a: T, b: T) => R;
type At<T> = (list: T[], at: number) => T | undefined;
interface Formatter {
  (x: number, digits?: number): string;
}

/** @native */
export const product: Both<number> = (a, b) => a * b;
/** @native */
export const product32: Both<i32> = (a, b) => Math.imul(a, b);
/** @native */
export const sum64: Both<i64> = (a, b) => BigInt.asIntN(64, a + b);
/** @native */
export const format: Formatter = (x, digits = 2) => x.toFixed(digits);
/** @native */
export const isAbove: Both<number, boolean> = (a) => a > 2;
/** @native */
export const byteAt: At<u8> = (bytes, at) => bytes[at];
/** @native */
export const textAt: At<string> = function (texts, at) {
  return texts.at(at);
};
/** @native */
export const given: (x: number) => void = (x) => x * 2;
/** @native */
export const nothing: Both<number, void> = (a, b) => {
  if (a < b) return;
};

/** @native */
export function inside(n: number, texts: string[]): number {
  const add: Both<i32> = (a, b) => (a + b) | 0;
  const scale: Both<number> = (a, b = 0.5) => a * b;
  const first: At<string> = (list, at) => list[at];
  return add(n | 0, 1) + scale(n, 2.5) + (first(texts, 1)?.length ?? -1);
}

const numbers = [0, -0, 1.5, NaN, Infinity, -(2 ** 31), 2 ** 32, 2 ** 53];

export const cases: [string, unknown[]][] = [
  ...numbers.flatMap((a): [string, unknown[]][] => [
    ['product', [a, 2.5]],
    ['product', [3, a]],
    ['isAbove', [a, 1]],
    ['given', [a]],
    ['nothing', [a, 1]],
    ['inside', [a, ['a', 'bc']]],
    ['inside', [a, []]],
  ]),
  ...[0, -1, 2 ** 31 - 1, -(2 ** 31)].map((a): [string, unknown[]] => ['product32', [a, 3]]),
  ...[0n, -1n, 2n ** 63n - 1n].map((a): [string, unknown[]] => ['sum64', [a, 1n]]),
  ['format', [1.005]],
  ['format', [1.005, 0]],
  ['format', [-0, undefined]],
  ...[-1, 0, 1, 2, NaN].flatMap((at): [string, unknown[]][] => [
    ['byteAt', [[7, 255], at]],
    ['textAt', [['a', ''], at]],
  ]),
  ['byteAt', [[], 0]],
];
