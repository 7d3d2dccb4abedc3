/** The true values of the functions under test, to at least 100 bits, each derived from the series. */
import {
  absolute,
  add,
  divide,
  doubled,
  exact,
  magnitude,
  multiply,
  negative,
  one,
  real,
  shifted,
  squareRoot,
  subtract,
  toNumber,
  zero,
  type Real,
} from './real.ts';
import { angle, cubeRoot, exp, expm1, ln10, ln2, log, log1p, pi, sinCos } from './series.ts';

type Reference = (...args: readonly Real[]) => Real;

/** The angle of a point anywhere, in (−π, π]. */
function angleOf(y: Real, x: Real): Real {
  if (y.m === 0n) return x.m < 0n ? pi : zero;
  // Only the ratio matters: without overflow for the starting value.
  const by = -Math.max(magnitude(x), magnitude(y));
  return angle(y, x, Math.atan2(toNumber(doubled(y, by)), toNumber(doubled(x, by))));
}

/** √(1 − x²). */
const complement = (x: Real): Real => squareRoot(multiply(subtract(one, x), add(one, x)));

/** Rest of the division of the two numbers, truncated. */
function remainder(x: Real, y: Real): Real {
  const e = Math.min(x.e, y.e);
  return real(shifted(x.m, x.e - e) % shifted(y.m, y.e - e), e);
}

const sumOfSquares = (args: readonly Real[]): Real =>
  args.reduce((sum, x) => add(sum, multiply(x, x)), zero);

function power(x: Real, y: Real): Real {
  const result = exp(multiply(y, log(absolute(x))));
  // Only integers are exponents of negative numbers.
  const isOdd = x.m < 0n && y.e <= 0 && ((y.m >> BigInt(-y.e)) & 1n) === 1n;
  return isOdd ? negative(result) : result;
}

/** f(−x) = −f(x), where f is given for x ≥ 0. */
const odd =
  (f: (x: Real) => Real) =>
  (x: Real): Real =>
    x.m < 0n ? negative(f(negative(x))) : f(x);

const references = {
  exp,
  expm1,
  log,
  log1p,
  log2: (x) => divide(log(x), ln2),
  log10: (x) => divide(log(x), ln10),
  pow: power,
  sin: (x) => sinCos(x).sin,
  cos: (x) => sinCos(x).cos,
  tan: (x) => {
    const { sin, cos } = sinCos(x);
    return divide(sin, cos);
  },
  asin: (x) => angleOf(x, complement(x)),
  acos: (x) => angleOf(complement(x), x),
  atan: (x) => angleOf(x, one),
  atan2: (y, x) => angleOf(y, x),
  // With u = e^x − 1
  sinh: odd((x) => {
    const u = expm1(x);
    return doubled(add(u, divide(u, add(u, one))), -1);
  }),
  cosh: (x) => {
    const u = expm1(absolute(x));
    return add(one, doubled(divide(multiply(u, u), add(u, one)), -1));
  },
  tanh: odd((x) => {
    const u = expm1(doubled(x));
    return divide(u, add(u, real(2n)));
  }),
  asinh: odd((x) => {
    const square = multiply(x, x);
    return log1p(add(x, divide(square, add(one, squareRoot(add(one, square))))));
  }),
  acosh: (x) => {
    const t = subtract(x, one);
    return log1p(add(t, squareRoot(multiply(t, add(x, one)))));
  },
  atanh: (x) => doubled(log1p(divide(doubled(x), subtract(one, x))), -1),
  cbrt: (x) => (x.m === 0n ? x : cubeRoot(x, Math.cbrt(toNumber(x)))),
  hypot2: (...args) => squareRoot(sumOfSquares(args)),
  hypot3: (...args) => squareRoot(sumOfSquares(args)),
  hypotN: (...args) => squareRoot(sumOfSquares(args)),
  rem: remainder,
} satisfies Record<string, Reference>;

export type FunctionName = keyof typeof references;
export const functionNames = Object.keys(references) as FunctionName[];

/** The true value for finite doubles inside the function's domain. */
export function reference(name: FunctionName, args: readonly number[]): Real {
  const compute: Reference = references[name];
  return compute(...args.map(exact));
}
