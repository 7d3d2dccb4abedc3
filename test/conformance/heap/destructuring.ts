/** Destructuring: parameters, declarations, assignments, heads of loops; defaults, rests, order of evaluation. */
import type { f64, i32, i64, u8 } from 'tsnative';

interface P {
  x: f64;
  y?: f64;
  z?: f64 | null;
}
interface Named {
  id: i32;
  big: i64;
  small: u8;
  name: string;
  at: { x: f64; y: f64 };
  pair: [f64, boolean];
}

function named(x: f64): Named {
  return { id: 7, big: 12n, small: 200, name: 'name', at: { x, y: 2 }, pair: [x, x > 1] };
}

function inner({ x, y = x * 2, z = 5 }: P, [a, b]: [f64, f64], { k }: { k: f64 } = { k: 9 }): f64 {
  x += 1;
  return x + y * 10 + (z ?? -1) * 100 + a * 1000 + b * 10000 + k * 1e6;
}

/** @native */
export function parameters(kind: i32, v: f64): f64 {
  if (kind === 0) return inner({ x: v }, [1, 2]);
  if (kind === 1) return inner({ x: 1, y: v }, [v, 2], { k: v });
  if (kind === 2) return inner({ x: 1, z: null }, [1, v]);
  if (kind === 3) return inner({ x: 1, y: undefined, z: undefined }, [1, v], undefined);
  return inner({ x: v, y: NaN, z: -0 }, [-0, v]);
}

/** @native */
export function declarations(v: f64): f64 {
  const { id, big, small, name, at, pair } = named(v);
  const {
    at: { x, y: renamed },
    pair: [first, flag],
    id: again,
  } = named(v + 1);
  let { x: changed, y } = at;
  changed += 1;
  y *= 2;
  var { small: hoisted } = named(v);
  hoisted = 5000;
  const [p0, p1] = pair;
  const {} = at;
  return (
    id +
    Number(big) +
    small +
    name.length +
    x * 2 +
    renamed +
    first +
    (flag ? 64 : 0) +
    again +
    changed +
    y +
    hoisted +
    p0 +
    (p1 ? 128 : 0) +
    at.x
  );
}

/** @native */
export function assignments(a: f64, b: f64): f64 {
  let c = 0;
  [a, b] = [b, a];
  [a, b, c] = [b + 1, c + a, b];
  const point = { x: 1, y: 2 };
  const list = [1, 2, 3];
  [point.x, list[2], point.y] = [list[2], point.x, c];
  ({ x: a, y: list[0] = 4 } = point);
  let y = 0;
  ({ y, x: point.y = 3 } = point);
  [list[0], list[1]] = [list[1], list[0]];
  const swapped = ([a, c] = [c, a]);
  let d = 1;
  let e = 2;
  [d, [e, d]] = [e, [d, 10]];
  return (
    a +
    b * 2 +
    c * 3 +
    point.x * 5 +
    point.y * 7 +
    y * 11 +
    list[0] * 13 +
    list[1] * 17 +
    list[2] * 19 +
    swapped[0] +
    d * 23 +
    e * 29
  );
}

/** @native */
export function arrays(n: i32, v: f64): f64 {
  const list: f64[] = [];
  for (let i = 0; i < n; i++) list.push(v + i);
  const [a = 10, b = 20, , c = 30] = list;
  const [first = -1, ...rest] = list;
  const [...all] = list;
  let sum = a + b * 2 + c * 3 + first * 5 + rest.length * 7 + all.length * 11;
  for (const x of rest) sum += x;
  all.push(1);
  return sum + list.length * 13;
}

/** @native */
export function checkedArrays(n: i32): f64 {
  const list: f64[] = [];
  for (let i = 0; i < n; i++) list.push(i + 1);
  const [a, b] = list;
  return a + b * 10;
}

/** @native bounds: js */
export function openArrays(n: i32): f64 {
  const list: f64[] = [];
  for (let i = 0; i < n; i++) list.push(i + 1);
  const [a, b] = list;
  return (a ?? -1) + (b === undefined ? 100 : b * 10);
}

/** @native */
export function views(view: Float64Array, ints: Int32Array): f64 {
  const [a = 1, b = 2] = view;
  const [c = 3, ...others] = ints;
  let x = 0;
  let y = 0;
  [x = 5, y = 7] = view;
  others.push(0.5);
  return a + b * 10 + c * 100 + others.length * 1000 + others[others.length - 1] + x * 3 + y * 5;
}

function grow(list: f64[], value: f64): f64 {
  list.push(value, value + 1, value + 2);
  return value;
}

/** @native */
export function growing(v: f64): f64 {
  const list = [v];
  // The iterator has ended at the second part, so the third is its default although there is an element by then.
  const [a = -1, b = grow(list, 10), c = 30] = list;
  return a + b * 100 + c * 10000 + list.length;
}

/** @native */
export function order(v: f64): f64 {
  let log = 0;
  const note = [0];
  const objects = [
    { x: 1, y: 2 },
    { x: 3, y: 4 },
  ];
  const step = { n: 0 };
  let i = 0;
  // Targets come before their values, left to right.
  [objects[i++].x, objects[i++].y, note[i - 2]] = [i * 10, i * 100 + v, i];
  ({ n: note[step.n], n: step.n } = { n: v });
  log += objects[0].x + objects[1].y + note[0] * 3 + step.n * 5 + i * 7;
  return log;
}

/** @native */
export function loops(n: i32, v: f64): f64 {
  const points: { x: f64; y?: f64 }[] = [];
  const pairs: [f64, f64][] = [];
  for (let i = 0; i < n; i++) {
    points.push(i % 2 ? { x: i, y: v } : { x: i });
    pairs.push([i, v * i]);
  }
  let sum = 0;
  for (const { x, y = 100 } of points) sum += x * y;
  for (let [a, b] of pairs) {
    a += 1;
    b -= a;
    sum += a * b;
  }
  let p = 0;
  let q = 0;
  for ([p, q] of pairs) sum += p - q;
  for ({ x: p } of points) sum += p;
  for (let [i, j] = [0, 10]; i < j; [i, j] = [i + 1, j - 1]) sum += i * j;
  for (var { x: last } of points) sum += last;
  return sum + p + q;
}

interface Wide {
  a: f64;
  b: string;
  c?: f64;
  d: boolean;
}

/** @native */
export function rests(kind: i32, v: f64): f64 {
  const wide: Wide = kind > 0 ? { a: v, b: 'text', c: 3, d: true } : { a: v, b: 't', d: false };
  const { b, ...others } = wide;
  others.a += 1;
  const { a, ...last } = others;
  const tuple: [f64, string, boolean] = [v, 'xyz', true];
  const [head, ...tail] = tuple;
  const [text, flag] = tail;
  return (
    wide.a +
    b.length * 10 +
    a +
    (last.c ?? 40) +
    (last.d ? 0.5 : 0.25) +
    head +
    text.length +
    (flag ? 1000 : 0)
  );
}

/** @native */
export function nullableParts(kind: i32): f64 {
  const list: ({ x: f64 } | null)[] = [{ x: 1 }, null];
  const holder: { p: { x: f64 } | null; q?: { x: f64 } } = { p: null };
  if (kind === 1) holder.p = { x: 5 };
  if (kind === 2) holder.q = { x: 6 };
  const { p, q = { x: 7 } } = holder;
  const [one, two] = list;
  const { x } = p ?? q;
  return x + q.x * 10 + (one?.x ?? 100) + (two?.x ?? 1000);
}

/** @native */
export function absentSource(kind: i32): f64 {
  const holder: { p: { x: f64 } | null; list?: f64[]; inner?: { p: { x: f64 } } } = { p: null };
  if (kind === 0) {
    const { x } = holder.p!;
    return x;
  }
  if (kind === 1) {
    const { x: y } = holder.inner!.p;
    return y;
  }
  if (kind === 2) {
    const [a] = holder.list!;
    return a;
  }
  let x = 0;
  ({ x } = holder.p!);
  return x;
}

/**
 * What calls give, taken apart: TypeScript types them by the pattern.
 * @native
 */
export function madeByCalls(n: i32, v: f64): f64 {
  const list: f64[] = [];
  for (let i = 0; i < n; i++) list.push(v + i);
  const [a = 7] = list.filter((x) => x > 1);
  const [b = 3, ...others] = list.map((x) => x * 2);
  const [c, d = 5] = [a, b];
  const { e = 4, f } = { e: 1, f: d };
  const [g] = Array.from({ length: 2 }, (_, i) => i + 10);
  return a + b * 10 + c * 100 + d + e + f + others.length + (g ?? 0);
}

export const checked = ['checkedArrays'];

const values = [0, -0, 1, -1.5, NaN, Infinity, 2 ** 31, 2 ** 53];
export const cases: [string, unknown[]][] = [
  ...values.flatMap((v): [string, unknown[]][] => [
    ...[0, 1, 2, 3, 4].map((kind): [string, unknown[]] => ['parameters', [kind, v]]),
    ['declarations', [v]],
    ['assignments', [v, 3]],
    ['assignments', [4, v]],
    ['growing', [v]],
    ['order', [v]],
    ['rests', [0, v]],
    ['rests', [1, v]],
    ...[0, 1, 2, 3, 4, 5].flatMap((n): [string, unknown[]][] => [
      ['arrays', [n, v]],
      ['loops', [n, v]],
      ['madeByCalls', [n, v]],
    ]),
  ]),
  ...[0, 1, 2, 3].flatMap((n): [string, unknown[]][] => [
    ['checkedArrays', [n]],
    ['openArrays', [n]],
    ['nullableParts', [n]],
    ['absentSource', [n]],
    ['views', [Float64Array.of(1.5, NaN, 3).subarray(0, n), Int32Array.of(4, 5, 6).subarray(0, n)]],
  ]),
];
