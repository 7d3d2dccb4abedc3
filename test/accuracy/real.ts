/**
 * Numbers m·2^e with a BigInt significand of about 130 bits: what the reference functions calculate with.
 * Each operation's relative error is below 2^−125.
 */

export interface Real {
  readonly m: bigint;
  readonly e: number;
}

const scratch = new DataView(new ArrayBuffer(8));
const KEPT = 130;

export const real = (m: bigint, e = 0): Real => ({ m, e });
export const zero = real(0n);
export const one = real(1n);

/** A finite double, exactly. */
export function exact(x: number): Real {
  scratch.setFloat64(0, x);
  const high = scratch.getUint32(0);
  const biased = (high >>> 20) & 0x7ff;
  const fraction = (BigInt(high & 0xfffff) << 32n) | BigInt(scratch.getUint32(4));
  const m = biased === 0 ? fraction : fraction | 0x10000000000000n;
  return real(x < 0 ? -m : m, (biased === 0 ? 1 : biased) - 1075);
}

/** Bits of |m|; may be one more where the upper bits are all ones. */
function bitLength(m: bigint): number {
  const size = Math.abs(Number(m));
  if (size === Infinity) return m.toString(16).length * 4;
  if (size === 0) return 0;
  scratch.setFloat64(0, size);
  return ((scratch.getUint32(0) >>> 20) & 0x7ff) - 1022;
}

/** m·2^by, rounded down. */
export const shifted = (m: bigint, by: number): bigint =>
  by >= 0 ? m << BigInt(by) : m >> BigInt(-by);

/** The position of the leading bit: 2^(n − 1) ≤ |x| < 2^n; may be one more. */
export const magnitude = (x: Real): number => (x.m === 0n ? -Infinity : x.e + bitLength(x.m));

function trimmed(m: bigint, e: number): Real {
  const excess = bitLength(m) - KEPT;
  return excess > 0 ? real(m >> BigInt(excess), e + excess) : real(m, e);
}

export const negative = (x: Real): Real => real(-x.m, x.e);
export const absolute = (x: Real): Real => (x.m < 0n ? negative(x) : x);
/** x·2^by. */
export const doubled = (x: Real, by = 1): Real => real(x.m, x.e + by);
export const multiply = (a: Real, b: Real): Real => trimmed(a.m * b.m, a.e + b.e);
export const subtract = (a: Real, b: Real): Real => add(a, negative(b));

export function add(a: Real, b: Real): Real {
  if (a.m === 0n) return b;
  if (b.m === 0n) return a;
  const gap = magnitude(a) - magnitude(b);
  if (gap > 2 * KEPT) return a;
  if (gap < -2 * KEPT) return b;
  return a.e >= b.e
    ? trimmed((a.m << BigInt(a.e - b.e)) + b.m, b.e)
    : trimmed(a.m + (b.m << BigInt(b.e - a.e)), a.e);
}

/** @throws RangeError for b = 0 */
export function divide(a: Real, b: Real): Real {
  const extra = Math.max(0, KEPT + 2 + bitLength(b.m) - bitLength(a.m));
  return trimmed((a.m << BigInt(extra)) / b.m, a.e - extra - b.e);
}

/** √x for x ≥ 0, from the root of a double: √x = d·√(1 + q), with |q| < 2^−50 and a series for the root. */
export function squareRoot(x: Real): Real {
  if (x.m === 0n) return zero;
  const [guess, half] = approximation(x);
  const root = exact(Math.sqrt(guess));
  const q = subtract(divide(doubled(x, -2 * half), multiply(root, root)), one);
  const term = multiply(q, q);
  const series = add(doubled(q, -1), negative(doubled(term, -3)));
  const cubed = doubled(multiply(term, q), -4);
  checkSmall(q, -45);
  return doubled(multiply(root, add(one, add(series, cubed))), half);
}

/** Some double and h with x ≈ double·4^h, the double being between ¼ and 4. */
function approximation(x: Real): [number, number] {
  const half = Math.floor(magnitude(x) / 2);
  return [Number(shifted(x.m, 60 + x.e - 2 * half)) * 2 ** -60, half];
}

/** Guards a series against a bad starting value. @throws Error where |x| ≥ 2^power */
export function checkSmall(x: Real, power: number): void {
  if (magnitude(x) > power)
    throw new Error(`the reference started too far away: 2^${magnitude(x)}`);
}

/** The nearest double, but for a last bit; for starting values only. */
export function toNumber(x: Real): number {
  const excess = bitLength(x.m) - 64;
  const m = Number(shifted(x.m, -excess));
  const e = x.e + excess;
  const half = Math.trunc(e / 2);
  return m * 2 ** half * 2 ** (e - half);
}

/**
 * |y − x| in units in the last place, which are 2^(⌊log2 |x|⌋ − 52) but no less than 2^−1074 and no
 * more than 2^971. Infinity counts as 2^1024, and an x beyond that as 2^1024 too.
 */
export function ulpError(y: number, x: Real): number {
  if (Number.isNaN(y)) return Infinity;
  const limit = real(x.m < 0n ? -1n : 1n, 1024);
  const isBeyond = magnitude(x) > 1024 && subtract(absolute(x), absolute(limit)).m >= 0n;
  const expected = isBeyond ? limit : x;
  const actual = Math.abs(y) === Infinity ? real(y < 0 ? -1n : 1n, 1024) : exact(y);
  const difference = absolute(subtract(actual, expected));
  if (difference.m === 0n) return 0;
  if (expected.m === 0n) return Math.abs(y) / 2 ** -1074;
  const size = absolute(expected);
  const length = bitLength(size.m);
  const rounded = size.m >> BigInt(length - 1) === 0n;
  const unit = Math.min(971, Math.max(-1074, size.e + length - (rounded ? 54 : 53)));
  return Number(shifted(difference.m, difference.e - unit + 40)) * 2 ** -40;
}
