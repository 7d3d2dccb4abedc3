/**
 * Random functions of numbers, arrays and loops in the shapes that lowering makes, biased towards the
 * edges that range analysis must get right: ±0, 2^31, 2^32, 2^53, NaN, array lengths.
 */
import { IrBuilder } from '../../compiler/ir/build.ts';
import type { OpName } from '../../compiler/ir/ops.ts';
import type { IrFunction, IrModule, ScalarType, Value } from '../../compiler/ir/types.ts';

const numbers = [
  0,
  -0,
  1,
  -1,
  2,
  3,
  4,
  7,
  10,
  0.5,
  -0.5,
  1.5,
  -1.5,
  255,
  256,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31),
  2 ** 32 - 1,
  2 ** 32,
  2 ** 33,
  2 ** 52,
  2 ** 53 - 1,
  2 ** 53,
  -(2 ** 53),
  1e300,
  Infinity,
  -Infinity,
  NaN,
];
const small = [0, -0, 1, -1, 2, 3, 4, 5, 8, 16];
const comparisons: readonly OpName[] = ['lt', 'le', 'gt', 'ge', 'eq', 'ne'];

/** What a function of `randomNumbers` is called with, beside arrays. */
export const numberArguments: readonly (readonly [x: number, n: number])[] = [
  [0, 0],
  [-0, 3],
  [3.5, -1],
  [NaN, 5],
  [2 ** 53, 2 ** 31 - 1],
  [Infinity, -(2 ** 31)],
  [7, 7],
];

/** What the functions of a module have in common. */
interface Calls {
  readonly name: string;
  /** The functions that this one calls, perhaps itself. They have two more parameters, f64. */
  readonly callees: readonly string[];
  /** It has these two parameters: another number, and how deep it may call, where that is positive. */
  readonly isCallee: boolean;
}

const alone: Calls = { name: 'f', callees: [], isCallee: false };

const resultTypes = ['f64', 'f64', 'f64', 'i32'] as const;

/** Functions that call each other and themselves, of which `f` is called from outside, as are its `exports`. */
export function randomModule(next: (below: number) => number): IrModule {
  const names = ['g', 'h'];
  const functions = [
    randomNumbers(next, { name: 'f', callees: names, isCallee: false }),
    ...names.map((name) => randomNumbers(next, { name, callees: names, isCallee: true })),
  ];
  const exported = next(4) === 0 ? names.slice(0, 1) : [];
  const exports = exported.map((callee) => ({
    callee,
    name: callee,
    params: [],
    result: undefined,
    span: undefined,
  }));
  return { records: [], functions, globals: [], exports };
}

/** Parameters: a: view.f64, b: view.u8, x: f64, n: i32, and those of a callee. Results: three f64 and an i32. */
export function randomNumbers(next: (below: number) => number, calls: Calls = alone): IrFunction {
  const { callees, isCallee } = calls;
  const b = new IrBuilder(calls.name);
  const arrays = [b.param('a', 'view.f64'), b.param('b', 'view.u8')];
  const params = [b.param('x', 'f64'), b.param('n', 'i32')];
  const extra = isCallee ? [b.param('y', 'f64'), b.param('fuel', 'f64')] : [];
  params.push(...extra.slice(0, 1));
  b.fn.results.push(...resultTypes);
  const doubles = ['p', 'q', 'r'].map((name) => b.local(name, 'f64'));
  const integer = b.local('k', 'i32');
  const pick = <T>(items: readonly T[]): T => items[next(items.length)] as T; // never empty
  let budget = 45;

  const f64 = (seen: readonly Value[]): Value => {
    switch (next(5)) {
      case 0:
        return b.const('f64', pick(next(3) === 0 ? numbers : small));
      case 1:
      case 2:
        return b.get(pick(doubles));
      default: {
        const value = pick(seen);
        return value.type === 'f64' ? value : b.op('conv', [value], 'f64');
      }
    }
  };
  const arithmetic = (seen: readonly Value[]): Value => {
    const [x, y] = [f64(seen), f64(seen)];
    switch (next(16)) {
      case 0:
      case 1:
      case 2:
        return b.op('add', [x, y]);
      case 3:
      case 4:
        return b.op('sub', [x, y]);
      case 5:
        return b.op('mul', [x, y]);
      case 6:
        return b.op(pick(['div', 'rem'] as const), [x, y]);
      case 7:
        return b.op(pick(['min', 'max'] as const), [x, y]);
      case 8:
        return b.op(pick(['floor', 'ceil', 'trunc', 'neg', 'abs', 'sqrt'] as const), [x]);
      case 9: {
        const bits = b.op(pick(['and', 'or', 'xor', 'shr', 'shl'] as const), [
          b.op('toint', [x], 'i32'),
          b.op('toint', [y], 'i32'),
        ]);
        return b.op('conv', [bits], 'f64');
      }
      case 10: {
        if (next(3) === 0) {
          const divisor = b.const('f64', pick(small));
          return b.op('div', [
            b.op('sub', [x, b.op('rem', [next(3) === 0 ? y : x, divisor])]),
            divisor,
          ]);
        }
        const quotient = b.op('div', [x, y]);
        return next(2) === 0
          ? b.op(pick(['floor', 'trunc'] as const), [quotient])
          : b.op('conv', [b.op('toint', [quotient], 'i32')], 'f64');
      }
      case 11: {
        const mask = b.op('and', [b.op('toint', [x], 'u32'), b.const('u32', pick([1, 3, 255]))]);
        return b.op('conv', [mask], 'f64');
      }
      case 12:
        return b.op('select', [test(seen), x, y]);
      case 13:
        return b.op('conv', [b.op('view.length', [pick(arrays)])], 'f64');
      case 14:
        return b.op('conv', [b.op('conv', [x], 'f32')], 'f64');
      default:
        return b.op(
          'conv',
          [b.op('toint', [x], pick(['u8', 'i16', 'i64', 'u32'] as const))],
          'f64',
        );
    }
  };
  const test = (seen: readonly Value[]): Value => {
    const [x, y] = [f64(seen), f64(seen)];
    if (next(8) === 0) return b.op('in.bounds', [x, b.op('view.length', [pick(arrays)])]);
    const compared = b.op(pick(comparisons), [x, y]);
    switch (next(6)) {
      case 0:
        return b.op('not', [compared]);
      case 1:
        return b.op(pick(['and', 'or'] as const), [
          compared,
          b.op(pick(comparisons), [y, f64(seen)]),
        ]);
      default:
        return compared;
    }
  };
  const access = (seen: readonly Value[]): Value | undefined => {
    const array = pick(arrays);
    const length = b.op('view.length', [array]);
    const type: ScalarType = array.type === 'view.f64' ? 'f64' : 'u8';
    const index = f64(seen);
    const checked = b.op('check.bounds', [index, length], 'i64', { subject: 'array' });
    if (next(2) === 0) return b.op('view.load', [array, checked], type);
    const value = f64(seen);
    b.effect('view.store', [array, checked, type === 'f64' ? value : b.op('toint', [value], 'u8')]);
    return undefined;
  };

  /** A call whose results are seen from then on. */
  const call = (seen: readonly Value[]): Value[] => {
    const [, own] = extra;
    const fuel = own ? b.op('sub', [own, b.const('f64', 1)]) : b.const('f64', pick([1, 2, 3]));
    const number = (): Value => (next(3) === 0 ? arithmetic(seen) : f64(seen));
    const integers = seen.filter(({ type }) => type === 'i32');
    const n = next(2) === 0 && integers.length > 0 ? pick(integers) : b.get(integer);
    const args = [...arrays, number(), n, number(), fuel];
    return b.call(pick(callees), args, resultTypes);
  };

  const body = (depth: number, visible: readonly Value[], labels: readonly string[]): void => {
    const seen = [...visible];
    for (let n = 2 + next(6); n >= 0 && --budget > 0; n--) {
      switch (next(callees.length > 0 ? 16 : 14)) {
        case 14:
        case 15:
          seen.push(...call(seen));
          break;
        case 0:
        case 1:
        case 2:
        case 3:
          seen.push(arithmetic(seen));
          break;
        case 4:
        case 5:
        case 6:
          b.set(pick(doubles), next(2) === 0 ? arithmetic(seen) : f64(seen));
          break;
        case 7:
        case 8: {
          const loaded = access(seen);
          if (loaded) seen.push(loaded);
          break;
        }
        case 9:
          if (next(3) > 0) {
            b.set(integer, b.op('toint', [f64(seen)], 'i32'));
            break;
          }
          b.set(integer, b.op('check.range', [f64(seen)], 'i32', { subject: 'k' }));
          break;
        case 10:
          seen.push(b.get(integer));
          break;
        case 11:
          if (depth > 3) break;
          b.if(
            test(seen),
            () => body(depth + 1, seen, labels),
            () => next(2) === 0 && body(depth + 1, seen, labels),
          );
          break;
        case 12:
          if (depth > 3) break;
          if (next(3) === 0) digits(seen, labels);
          else loop(depth, seen, labels);
          break;
        case 13:
          if (labels.length === 0) break;
          b.if(test(seen), () => b.break(pick(labels)));
          break;
      }
    }
  };
  /** `for (i = start; i < end; i += step)`, the way lowering writes it. */
  const loop = (depth: number, seen: readonly Value[], labels: readonly string[]): void => {
    const counter = next(4) === 0 ? pick(doubles) : b.local('i', 'f64');
    const [start, step] = [b.const('f64', pick(small)), pick([1, 1, 1, 2, -1, 3, 0.5])];
    const down = step < 0;
    b.set(counter, down ? f64(seen) : start);
    const label = b.label('loop');
    const round = b.label('round');
    b.loop(label, () => {
      const value = b.get(counter);
      const end = down
        ? b.const('f64', 0)
        : next(2) === 0
          ? b.op('conv', [b.op('view.length', [pick(arrays)])], 'f64')
          : f64(seen);
      const more = b.op(
        down ? pick(['ge', 'gt'] as const) : pick(['lt', 'lt', 'le', 'ne'] as const),
        [value, end],
      );
      b.if(
        more,
        () => {},
        () => b.break(label),
      );
      b.block(round, () => body(depth + 1, [...seen, b.get(counter)], [...labels, label, round]));
      b.set(counter, b.op('add', [b.get(counter), b.const('f64', step)]));
    });
  };
  /** A loop that takes numbers apart and puts them together: integers, until they grow too large or are none. */
  const digits = (seen: readonly Value[], labels: readonly string[]): void => {
    const count = b.local('count', 'f64');
    const names = [pick(doubles), pick(doubles), b.local('d', 'f64')];
    b.set(count, b.const('f64', 0));
    for (const name of names)
      if (next(3) > 0)
        b.set(
          name,
          next(2) === 0 ? f64(seen) : b.const('f64', next(3) === 0 ? pick(numbers) : next(5000)),
        );
    const label = b.label('digits');
    const number = (): Value =>
      next(3) === 0 ? b.const('f64', pick([1, 2, 3, 7, 10, 16, -3, 1000])) : b.get(pick(names));
    b.loop(label, () => {
      const rounds = b.get(count);
      const more = b.op('lt', [rounds, b.const('f64', pick([1, 5, 14, 40]))]);
      b.if(
        more,
        () => {},
        () => b.break(label),
      );
      for (let n = 1 + next(4); n > 0; n--) {
        const [x, y] = [b.get(pick(names)), number()];
        const made = (): Value => {
          switch (next(7)) {
            case 0:
            case 1:
              return b.op('rem', [x, y]);
            case 2:
              return b.op(pick(['floor', 'trunc'] as const), [b.op('div', [x, y])]);
            case 3:
              return b.op('div', [b.op('sub', [x, b.op('rem', [x, y])]), y]);
            case 4:
              return b.op('add', [b.op('mul', [x, y]), number()]);
            case 5:
              return b.op('abs', [x]);
            default:
              return b.op(pick(['add', 'sub'] as const), [x, y]);
          }
        };
        const set = (): void => b.set(pick(names), made());
        switch (next(6)) {
          case 0:
            b.if(b.op(pick(comparisons), [x, y]), set, () => next(2) === 0 && set());
            break;
          case 1: {
            const isMultiple = b.op('eq', [b.op('rem', [x, y]), b.const('f64', 0)]);
            b.if(isMultiple, () => b.set(pick(names), b.op('div', [x, y])), set);
            break;
          }
          case 2:
            b.if(b.op(pick(comparisons), [x, y]), () => b.break(pick([label, ...labels])));
            break;
          default:
            set();
        }
      }
      b.set(count, b.op('add', [rounds, b.const('f64', 1)]));
    });
  };
  const [, fuel] = extra;
  if (fuel) {
    const more = b.op('gt', [fuel, b.const('f64', 0)]);
    // What has no fuel returns one of its numbers.
    b.if(
      more,
      () => {},
      () => b.return([f64(params), f64(params), f64(params), b.get(integer)]),
    );
  }
  body(0, params, []);
  b.return([...doubles.map((name) => b.get(name)), b.get(integer)]);
  return b.fn;
}
