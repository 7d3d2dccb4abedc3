/** Numbers that go from one native function to another: what is known of them must hold in every call. */
import {
  alternate,
  alwaysFive,
  around32,
  at31,
  at53,
  below31,
  below53,
  beyond53,
  calledInCopies,
  climb,
  doubledTo100,
  doubledWithoutEnd,
  element,
  elementAtHalf,
  elementBehind,
  elementOfOther,
  fibonacci,
  find,
  goodAndBad,
  halved,
  isEven,
  lastOfPerhapsSixteen,
  lastOfSixteen,
  minusZero,
  ordered,
  passedOn,
  perhapsAbsent,
  perhapsInfinite,
  perhapsLength,
  perhapsNaN,
  ping,
  queens,
  range,
  row,
  shrinking,
  signTold,
  signToldLater,
  signUntold,
  sink,
  throwsAlways,
  upTo53,
} from './called.js';

/** @native */
export function elements(a: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++)
    sum += element(a, i) + passedOn(a, i) + goodAndBad(a, i) + perhapsAbsent(a, i);
  return sum + perhapsAbsent(a) + goodAndBad(a, -1) + goodAndBad(a, 0.5) + goodAndBad(a, NaN);
}

/** @native */
export function elementsBehind(a: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += elementBehind(a, i);
  return sum + elementBehind(a, a.length);
}

/** @native */
export function elementsAtHalves(a: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += elementAtHalf(a, i / 2);
  return sum;
}

/** @native */
export function elementsOfTwo(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += elementOfOther(a, b, i);
  return sum;
}

/** @native */
export function ofSixteen(a: Float64Array): number {
  const own = new Float64Array(16);
  own[15] = 7;
  const longer = new Float64Array(17);
  const sum = lastOfSixteen(own) + lastOfSixteen(longer) + lastOfPerhapsSixteen(own);
  return sum + lastOfPerhapsSixteen(a);
}

/** @native */
export function edges(flag: boolean): number {
  const sums = below31(2147483647) + below31(-2147483647) + at53(9007199254740991);
  const wide = below53(9007199254740991) + below53(-9007199254740991) + at53(9007199254740992);
  const halves = around32(4294967295) + around32(4294967296) + around32(-4294967297);
  return sums + wide + halves + at31(flag ? 2147483647 : 2147483646);
}

/** @native */
export function edge31(n: number): number {
  return at31(n > 0 ? 2147483648 : -2147483648);
}

/** @native */
export function zeros(a: Float64Array, flag: boolean): number {
  const zero = flag ? -0 : 0;
  return signTold(zero) + signTold(1) + signUntold(a, zero) + signUntold(a, 1);
}

/** @native */
export function zerosLater(flag: boolean): number {
  return signToldLater(flag ? -0 : 0) + signToldLater(1);
}

/** @native */
export function notNumbers(a: Float64Array, x: number): number {
  return (
    perhapsNaN(a, NaN) +
    perhapsNaN(a, 1) +
    perhapsInfinite(x > 0 ? Infinity : -1) +
    perhapsInfinite(7)
  );
}

/** @native */
export function constantsPassed(flag: boolean): number {
  const five = 5;
  return alwaysFive(five, true) + (flag ? alwaysFive(5, true) : 0);
}

/** @native */
export function inOrder(a: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ordered(a, i, a.length - 1) + ordered(a, 0, i);
  return sum;
}

/** @native */
export function rows(a: Float64Array): number {
  let sum = 0;
  for (let y = 0; y < a.length; y++) sum += row(a, a.length - 1, y);
  return sum + row(a, 2, 3);
}

/** @native */
export function copies(a: Float64Array, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) {
    if (!(i < 30 && i > -30)) break;
    sum += a[i & 1]! + calledInCopies(a, i);
  }
  return sum;
}

/** @native */
export function ofTheLibrary(a: Float64Array, x: number): number {
  const first = a.indexOf(x);
  if (first < 0) return a.includes(x) ? 1 : 2;
  return a[first]! + calledInCopies(a, a.lastIndexOf(x));
}

/** @native */
export function found(a: Float64Array, x: number): number {
  const at = find(a, x);
  const after = a[at + 1] ?? -1;
  if (at < 0) return -1 + after;
  return a[at]! + after; // elided
}

/** @native */
export function foundOrLength(a: Float64Array, x: number): number {
  return a[perhapsLength(a, x)]!; // checked
}

/** @native */
export function zeroReturned(x: number): number {
  return 1 / minusZero(x);
}

/** @native */
export function zeroReturnedForAnIndex(a: Float64Array, x: number): number {
  return a[minusZero(x)]!; // checked
}

/** @native */
export function largeReturned(x: number): number {
  return (upTo53(x) % 1000) + (upTo53(x) & 255) + ((beyond53(x) + 1) % 10);
}

/** @native */
export function halfReturned(a: Float64Array, n: number): number {
  return a[halved(n)]!; // checked
}

/** @native */
export function thrown(a: Float64Array, n: number): number {
  if (n > 0) return a[throwsAlways(n)] ?? 0;
  return n;
}

/** @native */
export function sorted(a: Float64Array): void {
  range(a, 0, a.length - 1);
}

/** @native */
export function recursions(a: Float64Array, n: number): number {
  return (
    doubledTo100(1) +
    doubledTo100(100) +
    doubledWithoutEnd(1, n) +
    (isEven(10) ? 1 : 2) +
    ping(1, 9) +
    fibonacci(12) +
    shrinking(a, a.length - 1) +
    queens(6, 0, 0, new Int32Array(6))
  );
}

/** @native */
export function recursionsAtEdges(rounds: number): number {
  const deep = rounds | 0;
  return climb(9007199254740985, deep) + sink(3, deep) + sink(-9007199254740000, deep);
}

/** @native */
export function alternating(depth: number): number {
  return alternate(0, depth | 0);
}

/** @native */
// (view.f64, f64, f64) -> f64
export function scaled(a: Float64Array, i: number, by: number): number {
  let sum = 0;
  for (let k = 0; k < by; k++) {
    if (k > 20) break;
    sum += (a[i] ?? -1) * k + 1 / i;
  }
  if (by > 2 && by < 9) sum += scaled(a, i + 1, by - 1);
  return sum;
}

/** @native */
export function bothWays(a: Float64Array): number {
  return scaled(a, 1, 3) + scaled(a, 2, 5);
}

/** Never called from where anything is called. */
function unreached(n: number): number {
  return n > 0 ? unreached(n - 1) : n;
}

/** @native */
export function neverCalls(a: Float64Array): number {
  if (a.length < 0) return unreached(NaN) + at31(NaN);
  return a.length;
}

/** @native */
export function growsUntilTheStackEnds(n: number): number {
  return n < 0 ? 0 : growsUntilTheStackEnds(n + 1) + 1;
}

const numbers = new Float64Array([3, 1, 2.5, -4, 8, 0, 7]);
const two = new Float64Array([5, 6]);
const edgeNumbers = [
  0,
  -0,
  1,
  -1,
  2,
  3,
  5,
  0.5,
  NaN,
  Infinity,
  -Infinity,
  2 ** 31,
  2 ** 32,
  2 ** 53,
];

export const checked = [
  'copies',
  'elementsBehind',
  'elementsAtHalves',
  'elementsOfTwo',
  'ofSixteen',
  'edge31',
  'foundOrLength',
  'halfReturned',
];

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ...[numbers, two, new Float64Array(0), new Float64Array(16)].flatMap((a) => [
    ['elements', [a]] as const,
    ['elementsBehind', [a]] as const,
    ['elementsAtHalves', [a]] as const,
    ['elementsOfTwo', [a, two]] as const,
    ['ofSixteen', [a]] as const,
    ['inOrder', [a]] as const,
    ['sorted', [a.slice()]] as const,
    ['bothWays', [a]] as const,
    ['neverCalls', [a]] as const,
    ['rows', [a]] as const,
    ...edgeNumbers.flatMap((x) => [
      ['found', [a, x]] as const,
      ['foundOrLength', [a, x]] as const,
      ['ofTheLibrary', [a, x]] as const,
      ['copies', [a, x, 3]] as const,
      ['copies', [a, 0, x]] as const,
      ['scaled', [a, x, 6]] as const,
      ['scaled', [a, 2, x]] as const,
    ]),
  ]),
  ...[false, true].flatMap((flag) => [
    ['edges', [flag]] as const,
    ['zeros', [numbers, flag]] as const,
    ['zerosLater', [flag]] as const,
    ['constantsPassed', [flag]] as const,
  ]),
  ...edgeNumbers.flatMap((x) => [
    ['edge31', [x]] as const,
    ['notNumbers', [numbers, x]] as const,
    ['zeroReturned', [x]] as const,
    ['zeroReturnedForAnIndex', [numbers, x]] as const,
    ['largeReturned', [x]] as const,
    ['halfReturned', [numbers, x]] as const,
    ['thrown', [numbers, x]] as const,
  ]),
  ...[0, 1, 30, 52, 53, 60].map((n) => ['recursions', [numbers, n]] as const),
  ...[0, 1, 2, 5, 6, 7, 12, 40].flatMap((n) => [
    ['recursionsAtEdges', [n]] as const,
    ['alternating', [n]] as const,
  ]),
  ['growsUntilTheStackEnds', [0]],
];
