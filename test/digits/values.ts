/** Doubles and literals that conversions may go wrong with. */
import { randomNumbers } from '../ir/random-ir.ts';

const scratch = new DataView(new ArrayBuffer(8));

/** The double of these bits. */
export function doubleOf(bits: bigint): number {
  scratch.setBigUint64(0, BigInt.asUintN(64, bits));
  return scratch.getFloat64(0);
}

/** A double's bits. */
export function bitsOf(x: number): bigint {
  scratch.setFloat64(0, x);
  return scratch.getBigUint64(0);
}

/** Random doubles, any bit pattern being as likely; NaNs and infinities too. */
export function randomDoubles(seed: number): () => number {
  const random = randomNumbers(seed);
  return () => {
    scratch.setUint32(0, random() * 2 ** 32);
    scratch.setUint32(4, random() * 2 ** 32);
    return scratch.getFloat64(0);
  };
}

/** A double and those up to `distance` steps beside it. */
const around = (x: number, distance: bigint): number[] => {
  const steps: number[] = [];
  for (let step = -distance; step <= distance; step++) steps.push(doubleOf(bitsOf(x) + step));
  return steps;
};

/** Every power of two and of ten with their neighbours, the ends of ranges and formats, and short decimals. */
export function edgeDoubles(): number[] {
  const powersOfTwo = Array.from({ length: 2098 }, (_, index) => 2 ** (index - 1074));
  const powersOfTen = Array.from({ length: 632 }, (_, index) => Number(`1e${index - 323}`));
  const some = [
    5e-324,
    2.2250738585072014e-308,
    Number.MAX_VALUE,
    2 ** 53,
    1e21,
    1e-6,
    1e-7,
    0.5,
    1.5,
    2.5,
  ];
  const short = [1, 12, 15, 25, 123, 9995, 99999].flatMap((digits) =>
    Array.from({ length: 40 }, (_, index) => Number(`${digits}e${index - 20}`)),
  );
  const all = [
    ...powersOfTwo.flatMap((x) => around(x, 2n)),
    ...powersOfTen.flatMap((x) => around(x, 2n)),
    ...some.flatMap((x) => around(x, 3n)),
    ...short,
  ];
  return [0, -0, NaN, Infinity, -Infinity, ...all.flatMap((x) => [x, -x])];
}

/** The middle between a finite double ≥ 0 and the next larger one: all its digits, and the exponent of the last one. */
export function middleAbove(x: number): { digits: string; exponent: number } {
  const bits = bitsOf(x);
  const biased = Number(bits >> 52n);
  const fraction = bits & 0xfffffffffffffn;
  const twice = 2n * (biased === 0 ? fraction : fraction | (1n << 52n)) + 1n;
  const exponent = Math.max(biased, 1) - 1076;
  return exponent >= 0
    ? { digits: String(twice << BigInt(exponent)), exponent: 0 }
    : { digits: String(twice * 5n ** BigInt(-exponent)), exponent };
}

/** Literals at, just above and just below the middle above a double, some of them very long. */
export function literalsNearMiddle(x: number): string[] {
  const { digits, exponent } = middleAbove(x);
  const below = String(BigInt(digits) - 1n);
  return [
    `${digits}e${exponent}`,
    `${digits}00001e${exponent - 5}`,
    `${digits}${'0'.repeat(1200)}1e${exponent - 1201}`,
    `${below}99999e${exponent - 5}`,
    `${below}${'9'.repeat(1200)}e${exponent - 1200}`,
    `0.${'0'.repeat(300)}${digits}e${exponent + 300 + digits.length}`,
    `${digits[0]}.${digits.slice(1)}e${exponent + digits.length - 1}`,
    `${digits.slice(0, 19)}e${exponent + digits.length - Math.min(19, digits.length)}`,
  ];
}

/** `count` random digits of a radix. */
export const randomDigits = (random: () => number, count: number, radix = 10): string =>
  Array.from({ length: count }, () => Math.floor(random() * radix).toString(radix)).join('');
