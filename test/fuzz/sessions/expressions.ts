/** Random expressions and statements as text, of variables that are in scope by their types. */
import { edgeNumber, numberText } from '../generate/literals.ts';
import type { Random } from '../random.ts';

/** Names by what they hold; `ints` hold what an i32 does. */
export interface Scope {
  readonly nums: readonly string[];
  readonly ints: readonly string[];
  readonly bools?: readonly string[];
  readonly texts?: readonly string[];
  /** Typed arrays of numbers that have 4 elements at least, or plain arrays of numbers. */
  readonly arrays?: readonly string[];
}

export const textLiterals: readonly string[] = [
  ...[
    "''",
    "'a'",
    "'abc'",
    "'aXbXc'",
    "' x '",
    "'é'",
    "'€uro'",
    "'😀b'",
    "'\\ud83d'",
    "'\\udc00x'",
  ],
  ...["'12'", "'-0'", "'1e3'", "'NaN'", "'\\0'"],
];

/** An expression of type `number`, which may be anything. */
export function num(random: Random, scope: Scope, depth: number): string {
  const inner = (): string => num(random, scope, depth - 1);
  if (depth <= 0)
    return random.weighted<() => string>([
      [scope.nums.length > 0 ? 5 : 0, () => random.pick(scope.nums)],
      [scope.ints.length > 0 ? 2 : 0, () => random.pick(scope.ints)],
      [2, () => numberText(random.between(-3, 9))],
      [1, () => `(${numberText(edgeNumber(random))})`],
    ])();
  return random.weighted<() => string>([
    [3, () => num(random, scope, 0)],
    [8, () => `(${inner()} ${random.pick(['+', '-', '*', '+', '-', '*', '/', '%'])} ${inner()})`],
    [3, () => int(random, scope, depth)],
    [
      3,
      () => {
        const name = random.pick([
          'abs',
          'floor',
          'ceil',
          'trunc',
          'round',
          'sign',
          'fround',
          'sqrt',
        ]);
        return `Math.${name}(${inner()})`;
      },
    ],
    [1, () => `Math.${random.pick(['min', 'max'])}(${inner()}, ${inner()})`],
    [2, () => `(${bool(random, scope, depth - 1)} ? ${inner()} : ${inner()})`],
    [
      scope.arrays?.length ? 3 : 0,
      () => `${random.pick(scope.arrays ?? [])}[${int(random, scope, depth - 1)} & 3]`,
    ],
    [scope.texts?.length ? 1 : 0, () => `${text(random, scope, depth - 1)}.length`],
    [0.5, () => `(${inner()} ** 2)`],
    [0.5, () => `(-${inner()})`],
  ])();
}

/** An expression of type `number` that is an integer of 32 bits and no −0. */
export function int(random: Random, scope: Scope, depth: number): string {
  const inner = (): string => int(random, scope, depth - 1);
  if (depth <= 0)
    return scope.ints.length > 0 && random.chance(0.7)
      ? random.pick(scope.ints)
      : numberText(random.pick([0, 1, 2, 3, 7, 255, -1, 2147483647, -2147483648]));
  return random.weighted<() => string>([
    [2, () => int(random, scope, 0)],
    [4, () => `(${inner()} ${random.pick(['&', '|', '^', '<<', '>>'])} ${inner()})`],
    [3, () => `((${inner()} ${random.pick(['+', '-', '*'])} ${inner()}) | 0)`],
    [2, () => `(${num(random, scope, depth - 1)} | 0)`],
    [1, () => `Math.imul(${inner()}, ${inner()})`],
    [1, () => `((${inner()} / ${inner()}) | 0)`],
    [1, () => `Math.clz32(${inner()})`],
  ])();
}

export function bool(random: Random, scope: Scope, depth: number): string {
  if (depth <= 0 && scope.bools && scope.bools.length > 0) return random.pick(scope.bools);
  const compare = random.pick(['<', '<=', '>', '>=', '===', '!==']);
  const side = (): string => num(random, scope, Math.max(0, depth - 1));
  return random.weighted<() => string>([
    // Of two literals TypeScript would say that they are never equal.
    [5, () => `(${side()} + 0 ${compare} ${side()})`],
    [depth > 0 ? 1 : 0, () => `(!${bool(random, scope, depth - 1)})`],
    [
      depth > 0 ? 1 : 0,
      () =>
        `(${bool(random, scope, depth - 1)} ${random.pick(['&&', '||'])} ${bool(random, scope, depth - 1)})`,
    ],
    [
      scope.texts?.length ? 1 : 0,
      () =>
        `(${text(random, scope, 0)} + '' ${random.pick(['<', '===', '>='])} ${text(random, scope, 0)})`,
    ],
  ])();
}

export function text(random: Random, scope: Scope, depth: number): string {
  const { texts = [] } = scope;
  const inner = (): string => text(random, scope, depth - 1);
  if (depth <= 0)
    return texts.length > 0 && random.chance(0.7) ? random.pick(texts) : random.pick(textLiterals);
  return random.weighted<() => string>([
    [3, () => `(${inner()} + ${inner()})`],
    [2, () => `\`<\${${num(random, scope, depth - 1)}}>\``],
    [2, () => `${inner()}.slice(${int(random, scope, 0)}, ${random.between(-2, 6)})`],
    [1, () => `${inner()}.toUpperCase()`],
    [1, () => `${inner()}.padStart(${random.below(9)}, ${inner()})`],
    [1, () => `${inner()}.charAt(${random.below(4)})`],
  ])();
}

/** An assignment to one of some variables: those of `ints` keep what an i32 holds. */
export function assignment(random: Random, scope: Scope, depth: number): string {
  const { ints, bools = [], texts = [], arrays = [] } = scope;
  // Calls are no targets.
  const nums = scope.nums.filter((name) => !name.includes('('));
  return random.weighted<() => string>([
    [
      nums.length > 0 ? 4 : 0,
      () =>
        random.chance(0.5)
          ? `${random.pick(nums)} = ${num(random, scope, depth)};`
          : `${random.pick(nums)} ${random.pick(['+=', '-=', '*='])} ${num(random, scope, depth)};`,
    ],
    [ints.length > 0 ? 3 : 0, () => `${random.pick(ints)} = ${int(random, scope, depth)};`],
    [bools.length > 0 ? 2 : 0, () => `${random.pick(bools)} = ${bool(random, scope, depth)};`],
    [
      texts.length > 0 ? 1 : 0,
      () => `${random.pick(texts)} = ${text(random, scope, 1)}.slice(0, 12);`,
    ],
    [
      arrays.length > 0 ? 3 : 0,
      () => `${random.pick(arrays)}[${int(random, scope, 1)} & 3] = ${num(random, scope, depth)};`,
    ],
  ])();
}
