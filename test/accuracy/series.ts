/**
 * The elementary functions by their Taylor series in fixed point, after argument reduction with tables that
 * are made from the same series. Nothing is shared with the library: other reductions, other formulas.
 */
import {
  add,
  checkSmall,
  divide,
  exact,
  magnitude,
  multiply,
  one,
  real,
  shifted,
  subtract,
  type Real,
} from './real.ts';

/** Bits behind the binary point. */
const P = 120;
const BITS = BigInt(P);
const ONE = 1n << BITS;

const times = (a: bigint, b: bigint): bigint => (a * b) >> BITS;
const fixed = (x: Real): bigint => shifted(x.m, x.e + P);

/** Σ 1/((2i + 1)·n^(2i + 1)), with alternating signs for the arc tangent of 1/n instead of its hyperbolic kin. */
function inverseSeries(n: bigint, alternate: boolean, bits: bigint): bigint {
  let power = (1n << bits) / n;
  let sum = 0n;
  for (let i = 0n; power !== 0n; i++) {
    const term = power / (2n * i + 1n);
    sum += alternate && (i & 1n) === 1n ? -term : term;
    power /= n * n;
  }
  return sum;
}

/** Bits of π/2: enough for the largest double. */
const PI_BITS = 2600;
/** π/2 by Machin's formula. */
const HALF_PI =
  2n * (4n * inverseSeries(5n, true, BigInt(PI_BITS)) - inverseSeries(239n, true, BigInt(PI_BITS)));
const LN2_BITS = 160n;
const LN2 =
  18n * inverseSeries(26n, false, LN2_BITS) -
  2n * inverseSeries(4801n, false, LN2_BITS) +
  8n * inverseSeries(8749n, false, LN2_BITS);
const LN10 =
  46n * inverseSeries(31n, false, LN2_BITS) +
  34n * inverseSeries(49n, false, LN2_BITS) +
  20n * inverseSeries(161n, false, LN2_BITS);

export const pi: Real = real(HALF_PI >> 2400n, -199);
export const ln2: Real = real(LN2, -Number(LN2_BITS));
export const ln10: Real = real(LN10, -Number(LN2_BITS));

/** 2^P/(k + first)! · first!, for k = 0, step, 2·step, … */
function reciprocals(first: number, step: number, count: number): bigint[] {
  const result: bigint[] = [];
  let value = ONE;
  for (let k = first; result.length < count; k += step) {
    result.push(value);
    for (let i = 1; i <= step; i++) value /= BigInt(k + i);
  }
  return result;
}

function horner(coefficients: readonly bigint[], x: bigint): bigint {
  let sum = 0n;
  for (let k = coefficients.length - 1; k >= 0; k--) {
    sum = times(sum, x) + (coefficients[k] ?? 0n);
  }
  return sum;
}

/** Of (e^x − 1)/x, sin(x)/x and cos x, as many terms as |x| < 2^−7 needs. */
const EXPM1 = reciprocals(1, 1, 15);
const SINE = reciprocals(1, 2, 8);
const COSINE = reciprocals(0, 2, 8);
const LONG_EXPM1 = reciprocals(1, 1, 34);
const LONG_SINE = reciprocals(1, 2, 20);
const LONG_COSINE = reciprocals(0, 2, 20);

const memo = <T>(make: (index: number) => T): ((index: number) => T) => {
  const known = new Map<number, T>();
  return (index) => {
    const old = known.get(index);
    if (old !== undefined) return old;
    const value = make(index);
    known.set(index, value);
    return value;
  };
};

const fractionOf = (index: number): bigint => (BigInt(index) << BITS) >> 7n;
/** e^(i/128). */
const expTable = memo((i) => {
  const x = fractionOf(i);
  return ONE + times(x, horner(LONG_EXPM1, x));
});
/** sin and cos of i/128. */
const sinTable = memo((i) => {
  const x = fractionOf(i);
  const square = -times(x, x);
  return { sin: times(x, horner(LONG_SINE, square)), cos: horner(LONG_COSINE, square) };
});

const nearest128th = (x: bigint): number => Number((x + (1n << (BITS - 8n))) >> (BITS - 7n));

/** e^x; beyond ±3000 something as large or as small. */
export function exp(x: Real): Real {
  if (magnitude(x) > 11) return real(1n, x.m < 0n ? -4000 : 4000);
  const wide = shifted(x.m, x.e + P + 20);
  const n = Math.round(Number(wide >> 20n) / Number(ONE) / Math.LN2);
  const r = (wide - ((BigInt(n) * LN2) >> 20n)) >> 20n;
  const index = nearest128th(r);
  const d = r - fractionOf(index);
  return real(times(expTable(index), ONE + times(d, horner(EXPM1, d))), n - P);
}

/** e^x − 1, precise also near 0. */
export function expm1(x: Real): Real {
  if (magnitude(x) > -8) return subtract(exp(x), one);
  return multiply(x, real(horner(EXPM1, fixed(x)), -P));
}

/** log(1 + x) by its series, for |x| < 2^−20. */
function logSeries(x: Real): Real {
  const y = fixed(x);
  let sum = 0n;
  for (let k = 7n; k >= 1n; k--) sum = ONE / k - times(sum, y);
  return multiply(x, real(sum, -P));
}

/** log x for x > 0: with a double d ≈ log x, d + log(1 + δ) where 1 + δ = x·e^−d, whatever d is. */
export function log(x: Real): Real {
  const f = subtract(x, one);
  if (magnitude(f) < -20) return logSeries(f);
  const exponent = magnitude(x);
  const m = real(x.m, x.e - exponent);
  const scaled = Number(fixed(m)) / Number(ONE);
  const guess = exact(Math.log(scaled));
  const rest = subtract(divide(m, exp(guess)), one);
  checkSmall(rest, -45);
  return add(multiply(real(BigInt(exponent)), ln2), add(guess, logSeries(rest)));
}

/** log(1 + x), precise also near 0. */
export const log1p = (x: Real): Real => (magnitude(x) < -20 ? logSeries(x) : log(add(one, x)));

/** x = n·π/2 + r with |r| ≤ π/4 (or hardly more); n modulo 4. */
function quadrantOf(x: Real): { n: number; r: Real } {
  if (magnitude(x) < 0) return { n: 0, r: x };
  const extra = Math.max(0, magnitude(x)) + 8;
  const bits = 200 + extra;
  const wide = shifted(x.m, x.e + bits);
  const halfPi = HALF_PI >> BigInt(PI_BITS - bits);
  const rounded = wide + (halfPi >> 1n);
  const n = rounded / halfPi - (rounded < 0n ? 1n : 0n);
  return { n: Number(n & 3n), r: real((wide - n * halfPi) >> BigInt(extra), -200) };
}

/** sin and cos of a small angle, each with full relative precision. */
function sinCosReduced(r: Real): { sin: Real; cos: Real } {
  const x = fixed(r);
  if (magnitude(r) < -8) {
    const square = -times(x, x);
    return {
      sin: multiply(r, real(horner(SINE, square), -P)),
      cos: real(horner(COSINE, square), -P),
    };
  }
  const index = nearest128th(x);
  const { sin, cos } = sinTable(index);
  const d = x - fractionOf(index);
  const square = -times(d, d);
  const sinD = times(d, horner(SINE, square));
  const cosD = horner(COSINE, square);
  return {
    sin: real((sin * cosD + cos * sinD) >> BITS, -P),
    cos: real((cos * cosD - sin * sinD) >> BITS, -P),
  };
}

export function sinCos(x: Real): { sin: Real; cos: Real } {
  const { n, r } = quadrantOf(x);
  const { sin, cos } = sinCosReduced(r);
  const minus = (value: Real): Real => real(-value.m, value.e);
  switch (n) {
    case 0:
      return { sin, cos };
    case 1:
      return { sin: cos, cos: minus(sin) };
    case 2:
      return { sin: minus(sin), cos: minus(cos) };
    default:
      return { sin: minus(cos), cos: sin };
  }
}

/** atan t by its series, for |t| < 2^−20. */
function atanSeries(t: Real): Real {
  const square = fixed(multiply(t, t));
  const sum = ONE - times(square, ONE / 3n - times(square, ONE / 5n - square / 7n));
  return multiply(t, real(sum, -P));
}

/**
 * The angle of the point (x, y): with a double g ≈ that angle, g + atan t where t is the tangent of
 * the difference, whatever g is.
 */
export function angle(y: Real, x: Real, guess: number): Real {
  if (magnitude(y) < magnitude(x) - 21 && x.m > 0n) return atanSeries(divide(y, x));
  const g = exact(guess);
  const { sin, cos } = sinCos(g);
  const t = divide(
    subtract(multiply(y, cos), multiply(x, sin)),
    add(multiply(x, cos), multiply(y, sin)),
  );
  checkSmall(t, -45);
  return add(g, atanSeries(t));
}

/** ∛x: with a double d ≈ ∛x, d·∛(1 + q), the latter by its series, whatever d is. */
export function cubeRoot(x: Real, guess: number): Real {
  const d = exact(guess);
  const q = subtract(divide(x, multiply(d, multiply(d, d))), one);
  checkSmall(q, -45);
  // ∛(1 + q) = 1 + q/3 − q²/9 + 5q³/81 − …
  const square = multiply(q, q);
  const cubic = divide(multiply(real(5n), multiply(square, q)), real(81n));
  const root = add(divide(q, real(3n)), subtract(cubic, divide(square, real(9n))));
  return multiply(d, add(one, root));
}
