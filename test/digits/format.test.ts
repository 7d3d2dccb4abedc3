/** Numbers as text: the library as JavaScript and as machine code gives what the engine gives. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { randomNumbers } from '../ir/random-ir.ts';
import { implementations } from './implementations.ts';
import { edgeDoubles, randomDoubles } from './values.ts';

const both = await implementations([
  'formatNumber',
  'formatRadix',
  'formatFixed',
  'formatExponential',
  'formatExponentialShortest',
  'formatPrecision',
  'formatU64',
  'formatI64',
]);
const edges = edgeDoubles();
const out = new Uint8Array(1200);
const start = 3;

/** What a function wrote, which must begin where it was told to. */
function written(end: number): string {
  assert.is(out[start - 1], 7, 'it wrote in front');
  return Buffer.from(out.subarray(start, end)).toString('latin1');
}

/** Compares, with a limit on how much text there may be. */
function same(end: number, expected: string, most: number, what: () => string): void {
  const actual = written(end);
  if (actual !== expected) assert.is(actual, expected, what());
  if (expected.length > most) assert.unreachable(`${what()}: ${expected.length} units`);
}

/** Doubles of several sizes and lengths of digits. */
function mixed(count: number, seed: number): number[] {
  const random = randomNumbers(seed);
  const any = randomDoubles(seed);
  return Array.from({ length: count }, (_, index) => {
    switch (index % 6) {
      case 0:
        return any();
      case 1:
        return random();
      case 2:
        return Math.round(random() * 1e7) / 1000;
      case 3:
        return Math.floor(random() * 2 ** 53) * 2 ** Math.floor(random() * 60);
      case 4:
        return Math.floor(random() * 2 ** 20) / 2 ** Math.floor(random() * 40);
      default:
        return -random() * 10 ** Math.floor(random() * 240 - 120);
    }
  });
}

for (const [name, f] of Object.entries(both)) {
  const isNative = name === 'machine code';
  out.fill(7);

  test(`${name}: String(x)`, () => {
    const check = (x: number): void =>
      same(f.formatNumber(x, out, start), String(x), 25, () => String(x));
    edges.forEach(check);
    mixed(isNative ? 300_000 : 30_000, 1).forEach(check);
  });

  test(`${name}: x.toString(radix)`, () => {
    const radices = isNative
      ? Array.from({ length: 35 }, (_, index) => index + 2)
      : [2, 3, 10, 16, 36];
    const few = edges.filter((_, index) => index % 37 === 0);
    const more = [
      0.9999999999999999, 1.9999999999999998, 35.99999999999999, 4503599627370495.5, 1e22,
    ];
    for (const radix of radices) {
      for (const x of [...few, ...more, ...mixed(isNative ? 3000 : 500, radix)])
        same(f.formatRadix(x, radix, out, start), x.toString(radix), 1100, () => `${x} ${radix}`);
    }
  });

  test(`${name}: toFixed, toExponential and toPrecision`, () => {
    const places = [0, 1, 2, 3, 7, 16, 17, 18, 20, 21, 50, 100];
    const halves = [
      0.5, 1.5, 2.5, 0.25, 0.125, 1.005, 1.45, 8.345, 0.000001, 9.5, 99.5, 999.995, 1e20,
    ];
    const few = edges.filter((_, index) => index % (isNative ? 7 : 61) === 0);
    for (const x of [0, -0, ...halves, ...few, ...mixed(isNative ? 20_000 : 1500, 5)]) {
      const what = (): string => String(x);
      same(f.formatExponentialShortest(x, out, start), x.toExponential(), 24, what);
      for (const digits of places) {
        same(f.formatFixed(x, digits, out, start), x.toFixed(digits), 123, what);
        same(f.formatExponential(x, digits, out, start), x.toExponential(digits), 109, what);
        const precision = digits + (digits < 100 ? 1 : 0);
        same(f.formatPrecision(x, precision, out, start), x.toPrecision(precision), 108, what);
      }
    }
  });

  test(`${name}: wrong numbers of digits`, () => {
    const thrown = (run: () => unknown): string => {
      try {
        return `no error: ${run()}`;
      } catch (error) {
        return String(error);
      }
    };
    for (const x of [1.5, 1e21, NaN, Infinity]) {
      for (const digits of [-1, 101, NaN, 2.9, -0.9, Infinity, -Infinity, 100.5]) {
        const compare = (
          format: typeof f.formatFixed,
          method: 'toFixed' | 'toExponential' | 'toPrecision',
        ) =>
          assert.is(
            thrown(() => written(format(x, digits, out, start))),
            thrown(() => x[method](digits)),
            `${x}.${method}(${digits})`,
          );
        compare(f.formatFixed, 'toFixed');
        compare(f.formatExponential, 'toExponential');
        compare(f.formatPrecision, 'toPrecision');
      }
    }
  });

  test(`${name}: bigints`, () => {
    const random = randomNumbers(9);
    const values = [0n, 1n, 9n, 10n, 99n, 100n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n];
    for (let digits = 0n; digits < 20n; digits++) values.push(10n ** digits - 1n, 10n ** digits);
    for (let index = 0; index < 2000; index++)
      values.push(BigInt(Math.floor(random() * 2 ** 53)) << BigInt(Math.floor(random() * 12)));
    for (const value of values) {
      for (const radix of [2, 3, 8, 10, 16, 32, 36]) {
        const signed = -BigInt.asIntN(64, value);
        const what = (): string => `${value} ${radix}`;
        same(f.formatU64(value, radix, out, start), value.toString(radix), 64, what);
        same(
          f.formatI64(BigInt.asIntN(64, signed), radix, out, start),
          BigInt.asIntN(64, signed).toString(radix),
          65,
          what,
        );
      }
    }
  });
}

test.run();
