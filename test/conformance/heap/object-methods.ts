/** Methods of object literals: functions as values that the object holds, with what they capture. */
import type { f64, i32 } from 'tsnative';

interface Scale {
  readonly name: string;
  at(x: f64): f64;
  times?(k: f64): Scale;
}

interface Counter {
  add(by: i32): void;
  readonly total: () => i32;
}

function linear(from: f64, to: f64): Scale {
  return {
    name: `linear ${from} ${to}`,
    at(x) {
      return from + (to - from) * x;
    },
    times(k) {
      return linear(from * k, to * k);
    },
  };
}

function steps(count: i32): Scale {
  return {
    name: 'steps',
    at(x): f64 {
      if (!(x >= 0)) return NaN;
      return Math.min(Math.floor(x * count), count - 1) / count;
    },
  };
}

function counter(): Counter {
  let total: i32 = 0;
  return {
    add(by) {
      if (by < 0) throw new RangeError(`${by} is less than 0`);
      total = (total + by) | 0;
    },
    total: () => total,
  };
}

/** @native */
export function methodResults(values: readonly f64[], count: i32): string {
  const scales = [linear(0, 10), linear(-1, 1), steps(count)];
  const more = scales[0]?.times?.(3);
  if (more) scales.push(more);
  return scales.map((scale) => scale.name + values.map((x) => scale.at(x)).join()).join(';');
}

/**
 * Two objects of one function share nothing.
 * @native
 */
export function methodCounts(values: readonly i32[]): i32[] {
  const [odd, even] = [counter(), counter()];
  try {
    for (const value of values) (value % 2 === 0 ? even : odd).add(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    even.add(1000);
  }
  return [odd.total(), even.total()];
}

/**
 * Names of any kind, parameters with defaults, and methods that are spread.
 * @native
 */
export function methodNames(x: f64): f64[] {
  const object = {
    x,
    'the sum'(y: f64, z = 2) {
      return x + y + z;
    },
    7() {
      return x * 7;
    },
    walk(visit: (value: f64) => void) {
      for (let i = 0; i < 3; i++) visit(x + i);
    },
  };
  const seen: f64[] = [];
  const copy = { ...object, x: 1 };
  copy.walk((value) => {
    seen.push(value);
  });
  return [object['the sum'](1), copy['the sum'](1, 5), object[7](), ...seen, copy.x];
}

const numbers: readonly f64[] = [0, -0, 1, 0.25, NaN, Infinity, -Infinity, 2 ** 53];

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ...[0, 1, 4].map((count) => ['methodResults', [numbers, count]] as const),
  ['methodResults', [[], 3]],
  ['methodCounts', [[]]],
  ['methodCounts', [[1, 2, 3, 4]]],
  ['methodCounts', [[2147483647, 1, 2]]],
  ['methodCounts', [[1, 2, -3, 4]]],
  ...numbers.map((x) => ['methodNames', [x]] as const),
];
