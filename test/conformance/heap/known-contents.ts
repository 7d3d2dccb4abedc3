/** What is known of slots, lengths and locals with references: aliases, writes in callees, moves, small functions. */
import type { f64, i32 } from 'tsnative';

interface Cell {
  value: f64;
  next: Cell | null;
}

class Counter {
  at = 0;
  sign = 0;
  step: i32 = 1;
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
  advance(): void {
    this.at += this.step;
  }
  peek(text: string): f64 {
    return this.at < text.length ? text.charCodeAt(this.at) : -1;
  }
}

/**
 * Two names for one object, or for two.
 * @native
 */
export function aliases(same: boolean, x: f64): f64 {
  const a = new Counter('a');
  const b = same ? a : new Counter('b');
  a.at = x;
  const before = a.at;
  b.at = x + 1;
  const after = a.at;
  b.advance();
  return before * 10000 + after * 100 + a.at + b.name.length;
}

/**
 * An index in a slot, which goes beyond the text, below 0, or is none.
 * @native
 */
export function slotAsIndex(start: f64, step: i32, text: string): f64 {
  const counter = new Counter(text);
  counter.at = start;
  counter.step = step;
  let sum = 0;
  for (let i = 0; i < 6; i++) {
    const unit = counter.peek(text);
    sum = sum * 7 + (unit === unit ? unit : 0.5);
    counter.advance();
  }
  return sum;
}

/**
 * The sign of a zero that a slot holds.
 * @native
 */
export function signOfZero(x: f64): f64 {
  const counter = new Counter('');
  counter.sign = -x * 0;
  const first = 1 / counter.sign;
  counter.sign = 0;
  return first === 1 / counter.sign ? 1 : 2;
}

function push(list: f64[], x: f64): f64 {
  list.push(x);
  return list.length;
}

/**
 * Lengths that change under another name, in a callee, and in a loop.
 * @native
 */
export function lengths(n: i32, same: boolean): f64 {
  const a: f64[] = [1];
  const b = same ? a : [5, 6];
  let sum = a.length;
  b.push(2);
  sum = sum * 10 + a.length;
  sum = sum * 10 + push(b, 3) + a.length;
  for (let i = 0; i < a.length; i++) {
    if (a.length < n) b.push(i);
    sum += a[i]! + a.length;
    if (i > 9) break;
  }
  while (a.length > 1) {
    a.pop();
    sum += a.length;
  }
  return sum;
}

const other = (a: Cell, b: Cell, first: boolean): Cell => (first ? a : b);

function nth(list: Cell | null, n: i32): Cell | null {
  let cell = list;
  for (let i = 0; i < n && cell !== null; i++) cell = cell.next;
  return cell;
}

function largest(list: Cell, least: f64): Cell | null {
  let found: Cell | null = null;
  for (let cell: Cell | null = list; cell !== null; cell = cell.next) {
    if (cell.value < least) continue;
    if (found === null || cell.value > found.value) found = cell;
  }
  return found;
}

/**
 * A list that is built, looked through, cut and joined.
 * @native
 */
export function cells(n: i32, least: f64): f64 {
  let list: Cell | null = null;
  for (let i = 0; i < n; i++) list = { value: (i * 7) % 5, next: list };
  if (list === null) return -1;
  let sum = 0;
  const found = largest(list, least);
  if (found !== null) {
    sum += found.value;
    const rest = found.next;
    found.next = null;
    sum += rest === null ? 100 : rest.value * 10;
    found.next = other(rest ?? found, list, n % 2 === 0);
  }
  const third = nth(list, 2);
  if (third !== null) third.next = null;
  for (let cell: Cell | null = list; cell !== null; cell = cell.next) sum += cell.value + 1;
  return sum;
}

/**
 * What a local holds goes to a slot, an array, a result, and is there no more.
 * @native
 */
export function moved(n: i32): f64 {
  let current: Cell = { value: 0, next: null };
  const kept: Cell[] = [];
  for (let i = 1; i <= n; i++) {
    let next: Cell = { value: i, next: null };
    if (i % 3 === 0) {
      next.next = current;
      current = next;
      next = { value: -i, next };
    } else if (i % 3 === 1) kept.push(next);
    else {
      current = next;
      next = current;
    }
    if (next.next !== null && next.next.value > 4) kept.push(next);
  }
  let sum = current.value;
  for (const cell of kept) sum = sum * 3 + cell.value + (cell.next === null ? 0 : cell.next.value);
  return sum;
}

/**
 * Reads of one local while another way takes what it held.
 * @native
 */
export function takenWhileRead(n: i32): f64 {
  const out: Cell[] = [];
  let last: Cell = { value: 1, next: null };
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const seen = last;
    const fresh: Cell = { value: i, next: last };
    last = fresh;
    out.push(fresh);
    if (i % 2 === 0) out.pop();
    sum += seen.value + (out.length > 0 ? out[out.length - 1]!.value : 0);
  }
  return sum + last.value;
}

/**
 * Errors between taking and giving.
 * @native
 */
export function interrupted(n: i32, limit: i32): f64 {
  let held: Cell | null = { value: 1, next: null };
  let sum = 0;
  for (let i = 0; i < n; i++) {
    try {
      const cell: Cell = { value: i, next: held };
      held = cell;
      if (i >= limit) throw new RangeError(`${i}`);
      sum += cell.value;
    } catch (e) {
      sum += held === null ? 1000 : held.value * 100;
      held = null;
      if (!(e instanceof RangeError)) return -1;
    }
  }
  return sum + (held === null ? 0.5 : held.value);
}

function refuse(kind: i32): never {
  if (kind > 5) throw new RangeError(`kind ${kind}`);
  throw new Error('refused');
}

function textOf(kind: i32): string {
  switch (kind) {
    case 0:
      return 'none';
    case 1:
      return 'one';
    default:
      return refuse(kind);
  }
}

/**
 * A result that never comes.
 * @native
 */
export function neverComes(kind: i32): string {
  try {
    return textOf(kind) + '!';
  } catch (e) {
    return e instanceof RangeError ? e.message : textOf(kind - 7);
  }
}

export const cases: [string, unknown[]][] = [
  ...[true, false].flatMap((same): [string, unknown[]][] =>
    [0, 3, -7.5].map((x) => ['aliases', [same, x]]),
  ),
  ...[0, 1, -2, 2.5, 4, NaN, Infinity, -Infinity, 2 ** 31, 2 ** 53].flatMap(
    (start): [string, unknown[]][] =>
      [1, -1, 3].map((step) => ['slotAsIndex', [start, step, 'abcde']]),
  ),
  ['slotAsIndex', [0, 1, '']],
  ...[0, -0, 1, -1, NaN].map((x): [string, unknown[]] => ['signOfZero', [x]]),
  ...[0, 3, 6].flatMap((n): [string, unknown[]][] => [
    ['lengths', [n, true]],
    ['lengths', [n, false]],
  ]),
  ...[0, 1, 2, 5, 8].flatMap((n): [string, unknown[]][] => [
    ['cells', [n, 2]],
    ['cells', [n, 9]],
  ]),
  ...[0, 1, 3, 10].flatMap((n): [string, unknown[]][] => [
    ['moved', [n]],
    ['takenWhileRead', [n]],
    ['interrupted', [n, 2]],
    ['interrupted', [n, 99]],
  ]),
  ...[0, 1, 2, 6, 7, 8].map((kind): [string, unknown[]] => ['neverComes', [kind]]),
];
