/** The functions of `Math` that ECMA-262 leaves approximate, within 1 ulp, and the remainder of numbers. */
export { exp, expm1 } from './exponential.ts';
export { acosh, asinh, atanh, cosh, sinh, tanh } from './hyperbolic.ts';
export { acos, asin, atan, atan2 } from './inverse-trigonometric.ts';
export { log, log10, log1p, log2 } from './logarithm.ts';
export { pow } from './power.ts';
export { rem } from './remainder.ts';
export { cbrt, hypot2, hypot3, hypotN } from './roots.ts';
export { cos, sin, tan } from './trigonometric.ts';
