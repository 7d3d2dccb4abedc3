/** Functions as values: kept, chosen, passed, returned; what they capture, and recursion between local functions. */
import type { i32, i64 } from 'tsnative';

type Unary = (x: number) => number;

function twice(f: Unary, x: number): number {
  return f(f(x));
}

function square(x: number): number {
  return x * x;
}

const negate = (x: number): number => -x;

/** @native */
export function passed(x: number, n: number): number[] {
  const add = (y: number): number => y + n;
  const chosen = n > 2 ? add : square;
  let f: Unary = negate;
  const first = f(x);
  if (n > 3) f = (y) => y * n;
  return [
    twice(add, x),
    twice(square, x),
    twice((y) => y - n, x),
    chosen(x),
    first,
    f(x),
    twice(f, x),
  ];
}

function adder(n: number): Unary {
  return (x) => x + n;
}

function compose(f: Unary, g: Unary): Unary {
  return (x) => g(f(x));
}

/** @native */
export function returned(x: number, n: number): number[] {
  const add = adder(n);
  const both = compose(add, adder(10));
  const chain = [adder(1), square, negate, both].reduce((f, g) => compose(f, g));
  return [add(x), both(x), chain(x), adder(3)(x), compose(chain, compose(add, square))(x)];
}

interface Counter {
  readonly next: () => number;
  readonly reset: (to: number) => void;
  step: number;
}

function counter(start: number): Counter {
  let count = start;
  let calls = 0;
  const made: Counter = {
    next: () => {
      calls++;
      return count++ * 100 + calls;
    },
    reset: (to) => {
      count = to;
    },
    step: 1,
  };
  count += 1;
  return made;
}

/**
 * Two functions share a variable; two counters don't.
 *
 * @native
 */
export function shared(start: number): number[] {
  const a = counter(start);
  const b = counter(start * 2);
  const out = [a.next(), a.next(), b.next()];
  a.reset(50);
  out.push(a.next(), b.next(), a.next());
  return out;
}

/**
 * Each round of a loop has variables of its own.
 *
 * @native
 */
export function rounds(n: number): number[] {
  const functions: (() => number)[] = [];
  for (let i = 0; i < n; i++) {
    let twiceI = i * 2;
    functions.push(() => i * 1000 + twiceI++);
    functions.push(() => (i += 10));
    if (i % 3 === 0) continue;
    i += 1;
  }
  var shared = 0;
  const items = [5, 6, 7];
  for (const item of items) {
    functions.push(() => item + shared++);
  }
  for (let item of items) {
    item++;
    functions.push(() => item--);
  }
  let w = 0;
  while (w < 3) {
    const at = w;
    functions.push(() => at * w);
    w++;
  }
  const out: number[] = [];
  for (const f of functions) out.push(f());
  functions.forEach((f) => out.push(f()));
  return out;
}

/** @native */
export function recursive(n: number): number[] {
  const factorial = (k: number): number => (k <= 1 ? 1 : k * factorial(k - 1));
  let calls = 0;
  function isEven(k: number): boolean {
    calls++;
    return k === 0 ? true : isOdd(k - 1);
  }
  function isOdd(k: number): boolean {
    calls++;
    return k === 0 ? false : isEven(k - 1);
  }
  const fibonacci = function inner(k: number): number {
    calls += 0.5;
    return k < 2 ? k : inner(k - 1) + inner(k - 2);
  };
  const seen: number[] = [];
  const walk = (from: number, depth: number): void => {
    if (depth > 3 || from > n) return;
    seen.push(from);
    [from * 2, from * 2 + 1].forEach((child) => walk(child, depth + 1));
  };
  walk(1, 0);
  return [factorial(n), isEven(n) ? 1 : 0, isOdd(n) ? 1 : 0, fibonacci(n), calls, ...seen];
}

/**
 * A parser whose rules are functions inside a function.
 *
 * @native
 */
export function parse(text: string): number {
  let at = 0;
  const peek = (): string => (at < text.length ? text[at]! : '');
  function expression(): number {
    let value = term();
    while (peek() === '+' || peek() === '-') {
      const sign = text[at++]!;
      const right = term();
      value = sign === '+' ? value + right : value - right;
    }
    return value;
  }
  function term(): number {
    let value = factor();
    while (peek() === '*' || peek() === '/') {
      const sign = text[at++]!;
      const right = factor();
      value = sign === '*' ? value * right : value / right;
    }
    return value;
  }
  function factor(): number {
    if (peek() === '(') {
      at++;
      const value = expression();
      if (peek() !== ')') throw new Error(`no ) at ${at}`);
      at++;
      return value;
    }
    if (peek() === '-') {
      at++;
      return -factor();
    }
    const from = at;
    while (peek() >= '0' && peek() <= '9') at++;
    if (from === at) throw new RangeError(`no number at ${at}`);
    return Number(text.slice(from, at));
  }
  const value = expression();
  if (at < text.length) throw new Error(`rest at ${at}`);
  return value;
}

class Events {
  private readonly handlers: ((name: string, value: number) => void)[] = [];
  fallback: ((value: number) => number) | undefined = undefined;
  last: (() => number) | null = null;
  on(handler: (name: string, value: number) => void): void {
    this.handlers.push(handler);
  }
  emit(name: string, value: number): number {
    for (const handler of this.handlers) handler(name, value);
    this.last = () => value;
    return this.fallback?.(value) ?? -1;
  }
}

/** @native */
export function events(n: number): string[] {
  const log: string[] = [];
  const bus = new Events();
  let total = 0;
  bus.on((name, value) => log.push(`${name}=${value}`));
  bus.on((_, value) => {
    total += value;
  });
  bus.on(() => {
    total++;
  });
  log.push(String(bus.emit('a', n)));
  bus.fallback = (value) => value * total;
  log.push(String(bus.emit('b', n + 1)));
  const last = bus.last;
  log.push(last === null ? 'none' : String(last()), String(total));
  return log;
}

/**
 * Errors pass through calls of values.
 *
 * @native
 */
export function throwing(n: number, at: number): string[] {
  const log: string[] = [];
  const check =
    (limit: number): Unary =>
    (x) => {
      if (x > limit) throw new RangeError(`${x} > ${limit}`);
      return x * 2;
    };
  const attempt = (f: Unary, x: number): number => {
    try {
      return f(x);
    } catch (e) {
      log.push(e instanceof RangeError ? e.message : 'other');
      return -1;
    } finally {
      log.push(`after ${x}`);
    }
  };
  const f = check(at);
  for (let i = 0; i < n; i++) log.push(String(attempt(f, i)));
  log.push(String(f(n)));
  return log;
}

/** @native */
export function optional(n: number): number[] {
  const pick = (k: number): Unary | undefined => (k > 1 ? (x) => x + k : undefined);
  const f = pick(n);
  const g: Unary | null = n > 5 ? square : null;
  const table = new Map<string, (a: number, b: number) => number>([
    ['+', (a, b) => a + b],
    ['-', (a, b) => a - b],
  ]);
  table.set('*', (a, b) => a * b);
  const op = table.get(n > 3 ? '*' : '%');
  return [
    f ? f(1) : -1,
    f?.(2) ?? -2,
    g === null ? -3 : g(n),
    op === undefined ? -4 : op(n, n),
    table.get('+')!(n, 1),
    typeof f === 'function' ? 1 : 0,
  ];
}

/**
 * Fewer parameters, more arguments, other hints.
 *
 * @native
 */
export function adapted(n: i32, big: i64): number[] {
  const narrow = (x: i32): i32 => (x * 2) | 0;
  const none = (): number => n;
  const wide: (x: number, y: number) => number = narrow;
  const ignoring: (x: number, y: number) => void = none;
  ignoring(1, 2);
  const withDefault: (x: number, y?: number) => number = (x, y = 7) => x * y;
  const bigger = (x: i64): i64 => x + big;
  const apply = (f: (x: i64) => i64, x: i64): i64 => f(f(x));
  return [
    wide(n, 3),
    none(),
    withDefault(n),
    withDefault(n, 2),
    Number(apply(bigger, 1n)),
    [1, 2, 3].map(narrow).reduce((a, x) => a + x, 0),
  ];
}

/**
 * Callbacks that are values.
 *
 * @native
 */
export function asCallbacks(list: number[], n: number): number[] {
  const pick = (): ((x: number, i: number) => number) => (n > 1 ? (x, i) => x * i : square);
  const test: (x: number) => boolean = n > 2 ? (x) => x > n : (x) => x < n;
  const f = pick();
  const add: (a: number, b: number) => number = (a, b) => a + b;
  const out = list.map(f).concat(list.filter(test));
  out.push(list.reduce(add, 0), list.findIndex(test), list.some(test) ? 1 : 0);
  list.forEach(n > 2 ? (x) => void out.push(x) : (x) => void out.push(-x));
  const array = Float64Array.from(list, (x) => x);
  return [...out, ...array.map(pick()), ...Array.from({ length: 3 }, (_, i) => f(i, 2))];
}

/**
 * Deep recursion through values.
 *
 * @native
 */
export function deep(n: number): number {
  const down = (f: (k: number) => number, k: number): number => (k === 0 ? 0 : 1 + f(k - 1));
  const again = (k: number): number => down(again, k);
  return again(n);
}

class Tree {
  left: Tree | null = null;
  right: Tree | null = null;
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
  visit(visitor: (node: Tree, depth: number) => void, depth: number = 0): void {
    this.left?.visit(visitor, depth + 1);
    visitor(this, depth);
    this.right?.visit(visitor, depth + 1);
  }
  scaled(factor: number): () => number {
    return () => this.value * factor;
  }
}

/** @native */
export function trees(values: number[]): number[] {
  let root: Tree | null = null;
  const insert = (value: number): void => {
    const node = new Tree(value);
    if (root === null) {
      root = node;
      return;
    }
    let at: Tree = root;
    for (;;) {
      const next: Tree | null = value < at.value ? at.left : at.right;
      if (next === null) break;
      at = next;
    }
    if (value < at.value) at.left = node;
    else at.right = node;
  };
  values.forEach(insert);
  const out: number[] = [];
  const top = root as Tree | null;
  if (top === null) return out;
  let deepest = 0;
  top.visit((node, depth) => {
    out.push(node.value);
    if (depth > deepest) deepest = depth;
  });
  return [...out, deepest, top.scaled(3)()];
}

/** @native */
export function loopHeads(n: i32): string {
  const seen: (() => number)[] = [];
  let log = '';
  // A function of the head has the variables from before the first round, which no round changes.
  for (let i = 0, next = (): number => ++i; i < n; i++) {
    seen.push(() => i);
    log += `${next()};`;
  }
  for (let i = 0, first = { get: () => i, set: (x: number) => void (i = x) }; i < n; i += 2) {
    first.set(first.get() + 100);
    log += `${first.get()},${i} `;
    seen.push(first.get);
  }
  for (let i = 0; seen.push(() => i), i < n; seen.push(() => i * 1000), i++) i++;
  for (let [i, k] = [0, 5], f = (): number => k * 10 + i; i < 3; i++, k--) {
    log += `${f()} `;
    k++;
    seen.push(f, () => k);
  }
  for (let i = (() => 2)(), more = (x: number): number => x + 1; i < n; i = more(i)) log += `m${i}`;
  return log + seen.map((f) => f()).join();
}

class Counted {
  step = 2;
  /** Uses `this` behind the call of itself. */
  down(n: number): number {
    const f = (x: number): number => (x <= 0 ? 0 : f(x - 1) + this.step);
    return f(n);
  }
}

/** @native */
export function capturedLate(n: number): string {
  const by = n / 2;
  let calls = 0;
  // What is used behind the call of itself has to be passed there too.
  const f = (x: number): number => (x > 2 ? x - by : f(x + 1) + calls++ * by);
  const even = (x: number): boolean => (x <= 0 ? by > 0 : !odd(x - 1));
  const odd = (x: number): boolean => (x <= 0 ? n < 0 : !even(x - 1) || calls > 99);
  return `${f(n)} ${calls} ${even(n)} ${odd(n)} ${new Counted().down(n)}`;
}

class Steps {
  n = 0;
  get next(): (x: number) => number {
    this.n++;
    return (x) => x + this.n;
  }
  get later(): ((x: number) => i32) | undefined {
    return this.n > 12 ? (x) => (x | 0) + 1 : undefined;
  }
}

class TenSteps extends Steps {
  override get next(): (x: number) => number {
    this.n += 10;
    return (x) => x * this.n;
  }
}

/** @native */
export function gotten(ten: boolean): string {
  const steps: Steps = ten ? new TenSteps() : new Steps();
  const first = steps.next(steps.n++);
  return `${first} ${steps.n} ${steps.later?.(steps.n++)} ${steps.next(1)} ${steps.later?.(steps.n++)} ${steps.n}`;
}

const unaries: readonly number[] = [0, 1, 2, 3, 4, 7, -1];

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ...unaries.map((n) => ['passed', [3, n]] as const),
  ...unaries.map((n) => ['returned', [2, n]] as const),
  ...unaries.map((n) => ['shared', [n]] as const),
  ...unaries.map((n) => ['rounds', [n]] as const),
  ...[0, 1, 2, 5, 9].map((n) => ['recursive', [n]] as const),
  ...['1+2*3', '(1+2)*3-4/8', '-(2+3)*-4', '2*(3', '1+', '7)', ''].map(
    (text) => ['parse', [text]] as const,
  ),
  ...unaries.map((n) => ['events', [n]] as const),
  ['throwing', [0, 3]],
  ['throwing', [3, 5]],
  ['throwing', [4, 1]],
  ...unaries.map((n) => ['optional', [n]] as const),
  ['adapted', [5, 10n]],
  ['adapted', [-1, -1n]],
  ...[0, 2, 3].map((n) => ['asCallbacks', [[4, 1, 3, 2], n]] as const),
  ['asCallbacks', [[], 2]],
  ...[0, 1, 2, 5].map((n) => ['loopHeads', [n]] as const),
  ['gotten', [false]],
  ['gotten', [true]],
  ...unaries.map((n) => ['capturedLate', [n]] as const),
  ['deep', [0]],
  ['deep', [100]],
  ['trees', [[]]],
  ['trees', [[5, 2, 8, 1, 9, 3]]],
];
