/** What random programs have found: each function was refused, or had another result, leaked or crashed. */
import type { f32, f64, i32, i64 } from 'tsnative';

/** A type argument keeps its hint, also where nothing else says what elements there are.
 *
 * @native
 */
export function hintedElements(n: i32, x: f64): f64 {
  const made = new Array<i32>(3).fill(n).slice(1);
  const singles: f32[] | null = n > 1 ? new Array<f32>(2).fill(Math.fround(x)).slice(0, 8) : null;
  const listed: i32[] = n > 2 ? Array.of<i32>(n, 2).concat([3]) : [];
  return made.length * 100 + made[0]! + (singles?.[1] ?? -1) * 10 + listed.length;
}

const numbers = [0, -0, 1, -1.5, NaN, Infinity, 2 ** 31, 0.1];

interface Inner {
  a: number;
  b: number;
  c?: number[];
}
interface Outer {
  a: Inner | null;
  b: number;
}

function throughCalls(fuel: number, outer: Outer): number {
  if (fuel <= 0) return 1;
  const list = (outer.a ?? { a: 0, b: 0, c: [1] }).c ?? [];
  return throughCalls(fuel - 1, outer) + list.length + outer.b;
}

/**
 * What an object holds may be null when both are passed in registers.
 * @native
 */
export function nullPassedApart(b: number, isThere: boolean): number {
  const none = throughCalls(3, { a: null, b });
  return none * 100 + throughCalls(2, { a: isThere ? { a: 1, b, c: [b, b] } : null, b });
}

/**
 * The instance is used as a whole behind what sets its fields for certain.
 */
class Whole {
  one: number;
  self: Whole | undefined = undefined;
  constructor(one: number) {
    this.one = one;
    if (one > 2) {
      const whole: Whole = this;
      whole.one += 1;
      this.one = whole.one * 2;
    }
  }
}

/** @native */
export function usedBehind(x: number): number {
  return new Whole(x).one;
}

type Choice =
  { readonly kind: 'a'; a: string; b?: number } | { readonly kind: 'b'; a: number; b?: number };
type Second = Extract<Choice, { kind: 'b' }>;

function choiceOf(x: number): Choice {
  return x > 1 ? { kind: 'b', a: x, b: x / 2 } : { kind: 'a', a: 'one' };
}

/**
 * What is spread is of the one type that TypeScript has found.
 * @native
 */
export function spreadNarrowed(x: number): number {
  const choice: Choice = choiceOf(x);
  const maybe: Choice | undefined = x === 7 ? undefined : choiceOf(x);
  let sum = 0;
  if (choice.kind === 'b') {
    const copy: Second = { ...choice, a: choice.a + 1 };
    const made = (): Second => ({ ...(x > 3 ? choice : (choice as Second)), b: 4 });
    sum += copy.a * 10 + (copy.b ?? 0.5) + made().a + made().b!;
  }
  if (maybe && maybe.kind === 'b') sum += { ...maybe, b: 3 }.a;
  return sum;
}

/**
 * Nothing that comes behind a way out is looked at.
 * @native
 */
export function neverReached(x: number): number {
  const choice: Choice = choiceOf(x);
  if (choice.kind !== 'b') return 1;
  if (true) return choice.a;
  choice.b ??= 3;
  return choice.b ?? 0;
}

/**
 * Bigints have the type that their array or the callback says, also where TypeScript forgets it.
 * @native
 */
export function bigintsInferred(n: i32): string {
  const given = Array.from({ length: n }, (_, i): i64 => BigInt.asIntN(64, BigInt(i) * 3n));
  let mapped = given.map((x): i64 => x - 1n);
  const [first = 5n, ...rest] = mapped;
  const all: i64[] = [...Array.from({ length: 2 }, (): i64 => 7n), ...[first, ...rest]];
  all.push(8n, ...[...all, 4n], ...[]);
  mapped = all;
  return mapped.join();
}

/**
 * An array written out only to be spread holds what the other one does, and an object in one branch is of the type
 * of the other.
 * @native
 */
export function literalsAmongOthers(n: i32): string {
  interface Hinted {
    a: i32 | undefined;
    b: string;
  }
  const one: Hinted = { a: n, b: 'one' };
  const list: (Hinted | null)[] = [null, one].slice(0, n);
  list.push(one, ...[...list, null, { a: 3, b: 'new' }]);
  const singles: [f32, string][] = [[Math.fround(0.1), 'x']];
  const [single = [Math.fround(n), ''] as [f32, string], ...others] = singles.slice(0, n % 3);
  (list.length > 4 ? one : { a: 7, b: 'lost' }).b = 'set';
  const text = list.map((item) => (item ? `${item.a}${item.b}` : '-')).join();
  return `${text} ${single[0]} ${others.length} ${one.b}`;
}

const ofNumbers = numbers.flatMap((x): [string, unknown[]][] =>
  [0, 1, 2, 3].map((n): [string, unknown[]] => ['hintedElements', [n, x]]),
);

export const cases: [string, unknown[]][] = [
  ...ofNumbers,
  ...[0, 1, 2, 2.5, 3, 7, -0, NaN].flatMap((x): [string, unknown[]][] => [
    ['nullPassedApart', [x, true]],
    ['nullPassedApart', [x, false]],
    ['usedBehind', [x]],
    ['spreadNarrowed', [x]],
    ['neverReached', [x]],
  ]),
  ...[0, 1, 2, 3, 5].flatMap((n): [string, unknown[]][] => [
    ['bigintsInferred', [n]],
    ['literalsAmongOthers', [n]],
  ]),
];
