/**
 * Prints `runtime/std/polynomials.ts`: for each function below the polynomial that interpolates it at
 * Chebyshev nodes, which is within a small factor of the best approximation (Muller et al., "Handbook of
 * Floating-Point Arithmetic", 2nd ed., 10.3). All arithmetic is fixed point in BigInt.
 *
 *     node --import tsx test/accuracy/coefficients.ts > runtime/std/polynomials.ts
 */
import { pathToFileURL } from 'node:url';

const BITS = 400n;
const ONE = 1n << BITS;

interface Polynomial {
  readonly name: string;
  readonly doc: string;
  /** The function, of a fixed-point number. */
  readonly value: (z: bigint) => bigint;
  readonly from: number;
  readonly to: number;
  readonly degree: number;
}

const fixed = (x: number): bigint => (BigInt(Math.round(x * 2 ** 53)) * ONE) >> 53n;
const times = (a: bigint, b: bigint): bigint => (a * b) >> BITS;

/** A function from its Taylor coefficients as fractions, lowest first. */
const taylor =
  (coefficient: (k: number) => readonly [bigint, bigint]) =>
  (z: bigint): bigint => {
    let sum = 0n;
    let power = ONE;
    for (let k = 0; k < 400 && power !== 0n; k++) {
      const [numerator, denominator] = coefficient(k);
      sum += (power * numerator) / denominator;
      power = times(power, z);
    }
    return sum;
  };

const factorials: bigint[] = [1n];
function factorial(n: number): bigint {
  for (let i = factorials.length; i <= n; i++)
    factorials.push((factorials[i - 1] ?? 1n) * BigInt(i));
  return factorials[n] ?? 1n;
}

const alternating = (k: number): bigint => (k % 2 === 0 ? 1n : -1n);
const odd = (k: number): bigint => BigInt(2 * k + 1);

/** asin(x) = Σ (2k)! / (4^k k!² (2k + 1)) x^(2k + 1). */
const arcsine = (k: number): readonly [bigint, bigint] => [
  factorial(2 * k),
  4n ** BigInt(k) * factorial(k) ** 2n * odd(k),
];

/** Tangent numbers 1, 2, 16, 272, … (Knuth and Buckholtz, 1967). */
const tangentNumbers = ((count: number): bigint[] => {
  const t = [0n, 1n];
  const at = (index: number): bigint => t[index] ?? 0n;
  for (let k = 2; k <= count; k++) t[k] = BigInt(k - 1) * at(k - 1);
  for (let k = 2; k <= count; k++)
    for (let j = k; j <= count; j++) t[j] = BigInt(j - k) * at(j - 1) + BigInt(j - k + 2) * at(j);
  return t.slice(1);
})(400);

/** tanh(x) = Σ ±t / (2k + 1)! x^(2k + 1) with the tangent numbers t. */
const hyperbolicTangent = (k: number): readonly [bigint, bigint] => [
  alternating(k) * (tangentNumbers[k] ?? 0n),
  factorial(2 * k + 1),
];

/** acosh(1 + t) = √(2t) Σ (−1)^k (2k)! / (8^k k!² (2k + 1)) t^k. */
const areaCosine = (k: number): readonly [bigint, bigint] => [
  alternating(k) * factorial(2 * k),
  8n ** BigInt(k) * factorial(k) ** 2n * odd(k),
];

const ln2Half = Math.LN2 / 2 + 1e-6;
const atanh = (Math.SQRT2 - 1) / (Math.SQRT2 + 1) + 1e-6;
const quarterPi = Math.PI / 4 + 1e-6;

const polynomials: readonly Polynomial[] = [
  {
    name: 'expTail',
    doc: '(e^z − 1 − z − z²/2) / z³ for |z| ≤ ln 2 / 2.',
    value: taylor((k) => [1n, factorial(k + 3)]),
    from: -ln2Half,
    to: ln2Half,
    degree: 9,
  },
  {
    name: 'sinhTail',
    doc: '(sinh x − x) / x³ for z = x², |x| ≤ ln 2 / 2.',
    value: taylor((k) => [1n, factorial(2 * k + 3)]),
    from: 0,
    to: ln2Half ** 2,
    degree: 4,
  },
  {
    name: 'coshTail',
    doc: '(cosh x − 1 − x²/2) / x⁴ for z = x², |x| ≤ ln 2 / 2.',
    value: taylor((k) => [1n, factorial(2 * k + 4)]),
    from: 0,
    to: ln2Half ** 2,
    degree: 4,
  },
  {
    name: 'logTail',
    doc: '(2 atanh s − 2s) / s³ for z = s², |s| ≤ 0.1716: what a logarithm between √½ and √2 needs.',
    value: taylor((k) => [2n, odd(k + 1)]),
    from: 0,
    to: atanh ** 2,
    degree: 6,
  },
  {
    name: 'logFarTail',
    doc: '(atanh s − s − s³/3 − s⁵/5) / s⁷ for z = s², |s| ≤ 0.1716.',
    value: taylor((k) => [1n, odd(k + 3)]),
    from: 0,
    to: atanh ** 2,
    degree: 6,
  },
  {
    name: 'sinTail',
    doc: '(sin x − x) / x³ for z = x², |x| ≤ π/4.',
    value: taylor((k) => [-alternating(k), factorial(2 * k + 3)]),
    from: 0,
    to: quarterPi ** 2,
    degree: 6,
  },
  {
    name: 'cosTail',
    doc: '(cos x − 1 + x²/2) / x⁴ for z = x², |x| ≤ π/4.',
    value: taylor((k) => [alternating(k), factorial(2 * k + 4)]),
    from: 0,
    to: quarterPi ** 2,
    degree: 5,
  },
  {
    name: 'asinTail',
    doc: '(asin x − x) / x³ for z = x², |x| ≤ 1/2.',
    value: taylor((k) => arcsine(k + 1)),
    from: 0,
    to: 0.25,
    degree: 12,
  },
  {
    name: 'atanTail',
    doc: '(atan t − t) / t³ for z = t², |t| ≤ 1/3.',
    value: taylor((k) => [-alternating(k), odd(k + 1)]),
    from: 0,
    to: (1 / 3 + 1e-6) ** 2,
    degree: 9,
  },
  {
    name: 'asinhTail',
    doc: '(asinh x − x) / x³ for z = x², |x| ≤ 1/2.',
    value: taylor((k) => {
      const [numerator, denominator] = arcsine(k + 1);
      return [-alternating(k) * numerator, denominator];
    }),
    from: 0,
    to: 0.25,
    degree: 11,
  },
  {
    name: 'acoshTail',
    doc: '(acosh(1 + z) / √(2z) − 1) / z for 0 ≤ z ≤ 1/2.',
    value: taylor((k) => areaCosine(k + 1)),
    from: 0,
    to: 0.5,
    degree: 11,
  },
  {
    name: 'tanhTail',
    doc: '(tanh x − x) / x³ for z = x², |x| ≤ 0.55.',
    value: taylor((k) => hyperbolicTangent(k + 1)),
    from: 0,
    to: 0.55 ** 2,
    degree: 10,
  },
];

/** The nearest double, by way of 80 significant bits. */
function toDouble(x: bigint): number {
  const length = (x < 0n ? -x : x).toString(2).length;
  const drop = BigInt(Math.max(0, length - 80));
  return Number(x >> drop) * 2 ** (Number(drop) - Number(BITS));
}

/** Coefficients, lowest first, of the interpolating polynomial (Newton's divided differences, expanded). */
export function coefficients(polynomial: Polynomial): number[] {
  const { from, to, degree } = polynomial;
  const nodes = Array.from({ length: degree + 1 }, (_, i) => {
    const angle = ((2 * i + 1) * Math.PI) / (2 * degree + 2);
    return fixed((from + to) / 2 + ((to - from) / 2) * Math.cos(angle));
  });
  const at = (array: readonly bigint[], index: number): bigint => array[index] ?? 0n;
  const differences = nodes.map((node) => polynomial.value(node));
  for (let order = 1; order <= degree; order++) {
    for (let i = degree; i >= order; i--) {
      const rise = at(differences, i) - at(differences, i - 1);
      differences[i] = (rise << BITS) / (at(nodes, i) - at(nodes, i - order));
    }
  }
  let expanded: bigint[] = [];
  for (let i = degree; i >= 0; i--) {
    const shifted = [0n, ...expanded];
    const scaled = expanded.map((coefficient) => times(coefficient, at(nodes, i)));
    expanded = shifted.map((coefficient, k) => coefficient - at(scaled, k));
    expanded[0] = at(expanded, 0) + at(differences, i);
  }
  return expanded.map(toDouble);
}

/** The largest relative error of a polynomial with rounded coefficients, evaluated exactly. */
function relativeError(polynomial: Polynomial, values: readonly number[]): number {
  let worst = 0;
  const exact = values.map((value) => {
    const scale = 2 ** 100;
    return (BigInt(value * scale) * ONE) >> 100n;
  });
  for (let i = 0; i <= 200; i++) {
    const z = fixed(polynomial.from + ((polynomial.to - polynomial.from) * i) / 200);
    const expected = polynomial.value(z);
    const actual = exact.reduceRight((sum, coefficient) => times(sum, z) + coefficient, 0n);
    worst = Math.max(worst, Math.abs(toDouble(((actual - expected) << BITS) / expected)));
  }
  return worst;
}

/** Estrin's scheme: halves are evaluated side by side, so that the processor can overlap them. */
function estrin(values: readonly number[]): string {
  if (values.length === 1) return String(values[0]);
  if (values.length === 2) return `${values[0]} + z * ${values[1]}`;
  let half = 1;
  while (half * 2 < values.length) half *= 2;
  const low = estrin(values.slice(0, half));
  const high = estrin(values.slice(half));
  return `(${low}) + z${half} * (${high})`;
}

function print(polynomial: Polynomial): string {
  const values = coefficients(polynomial);
  // The first coefficient comes last, so that roundings before it matter less.
  const rest = values.slice(1);
  const error = Math.log2(relativeError(polynomial, values));
  let top = 1;
  while (top * 2 < rest.length) top *= 2;
  const powers: string[] = [];
  for (let power = 2; power <= top; power *= 2) {
    const root = power === 2 ? 'z' : `z${power / 2}`;
    powers.push(`  const z${power} = ${root} * ${root};`);
  }
  return [
    `/** ${polynomial.doc} Relative error 2^${error.toFixed(1)}. */`,
    `export function ${polynomial.name}(z: f64): f64 {`,
    ...powers,
    `  return ${values[0]} + z * (${estrin(rest)});`,
    '}',
  ].join('\n');
}

/** The text of `runtime/std/polynomials.ts`, before prettier. */
export function source(): string {
  return [
    '/**',
    ' * Polynomials of the elementary functions, each of a reduced argument.',
    ' * Made by test/accuracy/coefficients.ts.',
    ' *',
    ' * @native',
    ' */',
    "import type { f64 } from 'tsnative';",
    '',
    polynomials.map(print).join('\n\n'),
    '',
  ].join('\n');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.stdout.write(source());
}
