/** Approximated functions: native and interpreter agree to the bit, V8 within two units in the last place. */

/** @native */
export function approximated(x: number, y: number): Float64Array {
  return new Float64Array([
    Math.acos(x),
    Math.acosh(x),
    Math.asin(x),
    Math.asinh(x),
    Math.atan(x),
    Math.atanh(x),
    Math.atan2(x, y),
    Math.cbrt(x),
    Math.cos(x),
    Math.cosh(x),
    Math.exp(x),
    Math.expm1(x),
    Math.hypot(x, y),
    Math.hypot(x, y, 1),
    Math.hypot(x, y, 1, 2),
    Math.log(x),
    Math.log10(x),
    Math.log1p(x),
    Math.log2(x),
    Math.pow(x, y),
    Math.sin(x),
    Math.sinh(x),
    Math.tan(x),
    Math.tanh(x),
    x ** y,
  ]);
}

const edges = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  2,
  3,
  10,
  100.25,
  -7.5,
  1e-10,
  1e10,
  1e300,
  5e-324,
  709,
  -745,
  NaN,
  Infinity,
  -Infinity,
];

export const approximate = true;
export const cases: readonly (readonly [string, readonly unknown[]])[] = edges.flatMap((a) =>
  edges.map((b) => ['approximated', [a, b]] as const),
);
