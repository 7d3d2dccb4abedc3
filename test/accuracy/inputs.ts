/**
 * Where each function is tried: at random bit patterns, in the ranges where it is used, and close to the
 * places where implementations go wrong.
 */
import { Random } from './random.ts';
import type { FunctionName } from './reference.ts';

interface Inputs {
  /** Whether the true value is a finite real number, for finite arguments; always when not given. */
  readonly domain?: (...args: readonly number[]) => boolean;
  /** Makers of arguments, used in turn. */
  readonly makers: readonly ((random: Random) => number[])[];
}

const anyBits = (random: Random): number[] => [random.double()];
const range =
  (low: number, high: number) =>
  (random: Random): number[] => [random.between(low, high)];
const nearOneOf =
  (...places: readonly number[]) =>
  (random: Random): number[] => [random.near(places[random.below(places.length)] ?? 0)];
/** ±2^e for e from low to high. */
const magnitudes =
  (low: number, high: number) =>
  (random: Random): number[] => [random.sign() * random.unit() * 2 ** random.between(low, high)];
const subnormal = (random: Random): number[] => [
  random.sign() * random.below(2 ** random.below(53)) * 2 ** -1074,
];
/** Multiples of π/4, of all sizes, as near as doubles come. */
const nearMultipleOfPi = (random: Random): number[] => [
  random.near(Math.round(random.unit() * 2 ** random.between(0, 60)) * (Math.PI / 4)),
];
const nearestToMultipleOfPi = (random: Random): number[] => [
  random.sign() * Math.round(random.unit() * 2 ** random.between(0, 30)) * (Math.PI / 2),
];

const one = (
  domain: ((x: number) => boolean) | undefined,
  ...makers: readonly ((random: Random) => number[])[]
): Inputs => ({
  ...(domain && { domain: (x = 0) => domain(x) }),
  makers: [anyBits, ...makers, magnitudes(-60, 12), subnormal],
});

const positive = (x: number): boolean => x > 0;
const upToOne = (x: number): boolean => Math.abs(x) <= 1;
const { LN2, SQRT1_2, SQRT2, PI } = Math;

/** Two or more numbers whose sizes differ by up to 2^spread. */
const related =
  (count: number, spread: number) =>
  (random: Random): number[] => {
    const base = random.double();
    return Array.from({ length: count }, () => {
      const x = base * random.between(-2, 2) * 2 ** random.between(-spread, spread);
      return Number.isFinite(x) ? x : base;
    });
  };
const each =
  (count: number, make: (random: Random) => number[]) =>
  (random: Random): number[] =>
    Array.from({ length: count }, () => make(random)).flat();

const exponentLimits = nearOneOf(709.782712893384, -745.1332191019412, -708.3964185322641);
const trigonometric: Inputs = one(
  undefined,
  range(-PI, PI),
  range(-1e3, 1e3),
  magnitudes(15, 30),
  nearMultipleOfPi,
  nearestToMultipleOfPi,
);
const logarithm: Inputs = one(
  positive,
  range(0, 4),
  range(0, 1e6),
  nearOneOf(1, SQRT1_2, SQRT2, 2),
);
const points: Inputs = {
  domain: (y) => y !== 0,
  makers: [
    each(2, anyBits),
    related(2, 2),
    related(2, 60),
    each(2, range(-10, 10)),
    each(2, subnormal),
    (random) => [random.near(1), random.near(random.sign() * (SQRT2 - 1))],
    (random) => [random.near(random.sign() * (SQRT2 + 1)), random.near(random.sign())],
  ],
};
const lengths = (count: number): Inputs => ({
  makers: [
    each(count, anyBits),
    related(count, 2),
    related(count, 40),
    each(count, range(-10, 10)),
    each(count, subnormal),
  ],
});

/** x^y with y chosen so that the result is 2^t. */
const powerTo =
  (low: number, high: number, base: (random: Random) => number) =>
  (random: Random): number[] => {
    const x = Math.abs(base(random));
    const y = random.between(low, high) / Math.log2(x);
    return [x, Number.isFinite(y) ? y : 0.5];
  };

const inputs: Readonly<Record<FunctionName, Inputs>> = {
  exp: one(
    undefined,
    range(-2, 2),
    range(-745, 710),
    exponentLimits,
    nearOneOf(LN2 / 2, 1.5 * LN2),
  ),
  expm1: one(
    undefined,
    range(-2, 2),
    range(-50, 710),
    exponentLimits,
    nearOneOf(LN2 / 2, -LN2 / 2, 1.5 * LN2, -37.4),
  ),
  log: logarithm,
  log2: logarithm,
  log10: logarithm,
  log1p: one((x) => x > -1, range(-1, 1), range(0, 1e6), nearOneOf(-1, SQRT1_2 - 1, SQRT2 - 1, 1)),
  pow: {
    domain: (x = 0, y = 0) => x !== 0 && (x > 0 || Number.isInteger(y)),
    makers: [
      each(2, anyBits),
      powerTo(-1080, 1026, (random) => random.double()),
      powerTo(-1080, 1026, (random) => random.near(1)),
      powerTo(-1080, 1026, (random) => random.between(0, 10)),
      powerTo(-1076, -1020, (random) => random.between(0, 100)),
      powerTo(1020, 1025, (random) => random.between(0, 100)),
      powerTo(-1, 1, (random) => random.between(0, 1000)),
      (random) => [random.between(-100, 100), random.below(200) - 100],
      (random) => [random.below(1000), random.below(60) / 4],
      (random) => [random.near(random.sign()), random.below(2 ** random.below(53))],
      (random) => [subnormal(random)[0] ?? 0, random.below(9) - 4],
    ],
  },
  sin: trigonometric,
  cos: trigonometric,
  tan: trigonometric,
  asin: one(upToOne, range(-1, 1), nearOneOf(1, -1, 0.5, -0.5)),
  acos: one(upToOne, range(-1, 1), nearOneOf(1, -1, 0.5, -0.5)),
  atan: one(undefined, range(-3, 3), nearOneOf(1, SQRT2 - 1, SQRT2 + 1), magnitudes(0, 60)),
  atan2: points,
  sinh: one(
    undefined,
    range(-2, 2),
    range(-711, 711),
    nearOneOf(710.4758600739439, LN2 / 2, 18.7, 22),
  ),
  cosh: one(
    undefined,
    range(-2, 2),
    range(-711, 711),
    nearOneOf(710.4758600739439, LN2 / 2, 18.7, 22),
  ),
  tanh: one(undefined, range(-2, 2), range(-25, 25), nearOneOf(LN2 / 2, 1.5 * LN2, 19.06, 22)),
  asinh: one(undefined, range(-2, 2), range(-1e3, 1e3), nearOneOf(2 ** 28, 1), magnitudes(20, 60)),
  acosh: one(
    (x) => x >= 1,
    range(1, 3),
    range(1, 1e3),
    nearOneOf(2 ** 28, 1, SQRT2),
    magnitudes(20, 60),
  ),
  atanh: one((x) => Math.abs(x) < 1, range(-1, 1), nearOneOf(1, -1, 0.17, 0.5)),
  cbrt: one(undefined, range(-10, 10), nearOneOf(1, 8, 27, 64), magnitudes(-1000, 1000)),
  hypot2: lengths(2),
  hypot3: lengths(3),
  hypotN: lengths(5),
  rem: {
    domain: (_x, y) => y !== 0,
    makers: [
      each(2, anyBits),
      related(2, 4),
      related(2, 30),
      related(2, 500),
      each(2, range(-1e6, 1e6)),
      each(2, subnormal),
      (random) => [random.double(), subnormal(random)[0] || 1],
      (random) => [random.below(2 ** 53), random.below(2 ** random.below(53)) + 1],
    ],
  },
};

/** Calls `visit` with the arguments for each of `count` trials of a function. */
export function forInputs(
  name: FunctionName,
  count: number,
  seed: number,
  visit: (args: readonly number[]) => void,
): void {
  const random = new Random(seed);
  const { makers, domain } = inputs[name];
  for (let tried = 0; tried < count;) {
    const args = makers[random.below(makers.length)]?.(random) ?? [];
    if (domain && !domain(...args)) continue;
    visit(args);
    tried++;
  }
}
