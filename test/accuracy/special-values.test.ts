/** Signed zeros, infinities, NaN and the edges of the doubles: ECMA-262 leaves nothing approximate there. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import * as math from '../../runtime/std/math.ts';

type Unary = (x: number) => number;
type Binary = (x: number, y: number) => number;

const edges = [
  ...[0, 0.5, 1, 1.5, 2, 3, 10, 2 ** 31, 2 ** 53 - 1, 2 ** 53, 2 ** 53 + 2, 2 ** 1023],
  ...[Infinity, Number.MAX_VALUE, Number.MIN_VALUE, 2 ** -1022, Number.EPSILON, 1e-200, 1e200],
].flatMap((x) => [x, -x]);
const values = [...edges, NaN];

const show = (x: number): string => (Object.is(x, -0) ? '-0' : String(x));
/** Tells −0 from 0, and knows NaN. */
const same = (actual: number, expected: number, call: string): void =>
  assert.ok(Object.is(actual, expected), `${call} gives ${show(actual)}, not ${show(expected)}`);
const isSpecial = (x: number): boolean => x === 0 || !Number.isFinite(x);

/** V8 must agree exactly where an argument or the result is special, else to the last bits. */
function agree(actual: number, expected: number, args: readonly number[], call: string): void {
  if (isSpecial(expected) || args.some(isSpecial)) same(actual, expected, call);
  else if (actual !== expected) {
    const difference = Math.abs(actual / expected - 1);
    assert.ok(
      difference < 1e-15 || Math.abs(actual - expected) <= 5e-324,
      `${call} gives ${actual}`,
    );
  }
}

const { exp, expm1, log, log1p, log2, log10, sin, cos, tan, asin, acos, atan, sinh, cosh } = math;
const { tanh, asinh, acosh, atanh, cbrt } = math;
const unary = {
  ...{ exp, expm1, log, log1p, log2, log10, sin, cos, tan, asin, acos, atan, sinh, cosh },
  ...{ tanh, asinh, acosh, atanh, cbrt },
};

for (const [name, f] of Object.entries(unary)) {
  test(`${name} of special values`, () => {
    const expected = Math[name as keyof typeof unary] as Unary;
    for (const x of values) agree(f(x), expected(x), [x], `${name}(${show(x)})`);
  });
}

const binary: Readonly<Record<string, readonly [Binary, Binary]>> = {
  pow: [math.pow, Math.pow],
  atan2: [math.atan2, Math.atan2],
  hypot2: [math.hypot2, Math.hypot],
  hypot3: [(x, y) => math.hypot3(x, 0, y), Math.hypot],
  hypotN: [(x, y) => math.hypotN(Float64Array.of(0, x, y, 0)), Math.hypot],
  rem: [math.rem, (x, y) => x % y],
};

for (const [name, [f, expected]] of Object.entries(binary)) {
  test(`${name} of special values`, () => {
    for (const x of values) {
      for (const y of values) {
        agree(f(x, y), expected(x, y), [x, y], `${name}(${show(x)}, ${show(y)})`);
      }
    }
  });
}

test('hypot of nothing is 0, and an infinity outdoes NaN', () => {
  assert.is(math.hypotN(new Float64Array(0)), 0);
  assert.is(math.hypotN(Float64Array.of(NaN, -Infinity, 1)), Infinity);
  assert.is(math.hypot3(NaN, 1, Infinity), Infinity);
  assert.ok(Number.isNaN(math.hypotN(Float64Array.of(NaN, 1))));
});

test('powers of two and ten have exact logarithms', () => {
  for (let n = -1074; n <= 1023; n++) assert.is(math.log2(2 ** n), n);
  for (let n = 0; n <= 22; n++) assert.is(math.log10(Number(`1e${n}`)), n);
});

test('cubes have exact roots, and legs of whole length exact hypotenuses', () => {
  for (let n = -1000; n <= 1000; n++) assert.is(math.cbrt(n ** 3), n === 0 ? 0 : n);
  assert.is(math.hypot2(3 * 2 ** 1000, 4 * 2 ** 1000), 5 * 2 ** 1000);
  assert.is(math.hypot2(3 * 2 ** -1074, 4 * 2 ** -1074), 5 * 2 ** -1074);
});

test('a remainder is that of V8, bit for bit', () => {
  let x = 1;
  for (let i = 0; i < 50_000; i++) {
    x = (x * 16807) % 2147483647;
    const dividend = (x - 1e9) * 2 ** ((i % 2000) - 1000);
    const divisor = (i + 1) * Math.PI * 2 ** (((i * 7) % 1800) - 900);
    same(math.rem(dividend, divisor), dividend % divisor, `${dividend} % ${divisor}`);
    // Integers, also such whose quotients are next to whole numbers.
    const by = Math.floor(2 ** (i % 53) * (1 + x / 2147483647));
    const times = Math.floor(2 ** ((i * 5) % (54 - (i % 53))) * (1 + (i % 97) / 97));
    for (const whole of [by * times - 1, by * times, by * times + 1, -by * times - 1])
      same(math.rem(whole, by), whole % by, `${whole} % ${by}`);
  }
});

test.run();
