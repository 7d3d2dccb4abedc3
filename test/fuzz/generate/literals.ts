/** Constants, biased to the edges of what types hold. */
import { Random } from '../random.ts';
import { rangeOf, type IntType, type WideType } from '../types.ts';

const edges: readonly number[] = [
  0,
  -0,
  1,
  -1,
  2,
  3,
  0.5,
  -0.5,
  1.5,
  2.5,
  0.1,
  -7.25,
  7,
  8,
  10,
  31,
  32,
  33,
  63,
  64,
  100,
  127,
  128,
  255,
  256,
  -128,
  -129,
  32767,
  32768,
  65535,
  65536,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 31 + 1,
  -(2 ** 31),
  -(2 ** 31) - 1,
  2 ** 32 - 1,
  2 ** 32,
  2 ** 32 + 1,
  -(2 ** 32),
  2 ** 53 - 1,
  2 ** 53,
  2 ** 53 + 2,
  -(2 ** 53),
  2 ** 63,
  2 ** 64,
  1e300,
  -1e300,
  5e-324,
  2.2250738585072014e-308,
  0.49999999999999994,
  4503599627370495.5,
  1 / 3,
  16777217,
  3.4028234663852886e38,
  NaN,
  Infinity,
  -Infinity,
];

/** A number, as arguments and constants have it. */
export function edgeNumber(random: Random): number {
  if (random.chance(0.1)) return random.chance(0.7) ? 0 : -0;
  if (random.chance(0.35)) return random.between(-4, 16);
  if (random.chance(0.15)) return (random.next() - 0.5) * 2 ** random.between(-2, 40);
  return random.pick(edges);
}

/** An integer of a type, often at its ends. */
export function edgeInteger(random: Random, type: IntType): number {
  const [low, high] = rangeOf(type);
  if (random.chance(0.12)) return 0;
  if (random.chance(0.5)) return Math.max(low, random.between(-3, 12)) + 0;
  const picked = random.pick([
    low,
    low + 1,
    high,
    high - 1,
    Math.floor(high / 2),
    random.between(low, high),
  ]);
  return picked + 0;
}

/** A 64-bit integer, often at an end. */
export function edgeBigint(random: Random, type: WideType): bigint {
  if (random.chance(0.5)) return BigInt(random.between(type === 'i64' ? -5 : 0, 12));
  const bit = 1n << BigInt(random.pick([7, 8, 15, 16, 31, 32, 33, 52, 53, 62, 63]));
  const near = bit + BigInt(random.between(-1, 1));
  const words = (BigInt(random.below(2 ** 32)) << 32n) | BigInt(random.below(2 ** 32));
  const any = random.pick([near, near, -near, words]);
  return type === 'i64' ? BigInt.asIntN(64, any) : BigInt.asUintN(64, any);
}

/** How a number is written; a negative one in parentheses. */
export function numberText(value: number): string {
  if (Object.is(value, -0)) return '(-0)';
  return value < 0 ? `(${value})` : String(value);
}

export const bigintText = (value: bigint): string => (value < 0n ? `(${value}n)` : `${value}n`);
