/** What is chosen when it runs: names of enums, properties by keys, first entries, arguments that are spread, units of texts. */
enum State {
  Idle,
  Running,
  Done = 5,
  Finished = 5,
  Half = 0.5,
  Minus = -1,
}
enum Mixed {
  A = 1,
  B = 'b',
}
/** @native */
export function stateName(x: State): string {
  return State[x];
}
/** @native */
export function stateNameOr(x: number): string {
  return State[x] ?? 'none';
}
/** @native */
export function mixedName(x: number): string {
  const n = Mixed[x];
  return n === undefined ? '-' : n + Mixed.B;
}
/** @native */
export function fixedRecord(s: string): number {
  const n: Record<'a' | 'b', number> = { a: 0, b: 0 };
  for (const ch of s) {
    if (ch === 'a' || ch === 'b') n[ch]++;
  }
  return n.a * 10 + n.b;
}
type Axis = 'x' | 'y' | 'z';
interface Vec {
  x: number;
  y: number;
  z: number;
}
/** @native */
export function axisSum(vs: Vec[], axis: Axis): number {
  let s = 0;
  for (const v of vs) s += v[axis];
  return s;
}
/** @native */
export function setAxis(v: Vec, axis: keyof Vec, by: number): Vec {
  v[axis] = by;
  v[axis] *= 2;
  const old = v[axis]++;
  v[axis] -= old > 3 ? 1 : 0;
  return v;
}
/** @native */
export function keysOver(v: Vec): number[] {
  const out: number[] = [];
  for (const k of ['x', 'y', 'z'] as const) out.push(v[k]);
  const axes: Axis[] = ['z', 'x'];
  for (const k of axes) out.push(v[k]);
  return out;
}
interface Opt {
  a?: string;
  b: string | null;
}
/** @native */
export function optKey(o: Opt, k: 'a' | 'b'): string {
  const v = o[k];
  o[k] = 'set';
  return v ?? 'nothing';
}
/** @native */
export function nullableObject(o: Vec | null, k: Axis): number {
  return o?.[k] ?? -1;
}
/** @native */
export function thrown(o: Vec | undefined, k: Axis): number {
  return o![k];
}
type Vec3 = [number, number, number];
/** @native */
export function tupleAt(v: Vec3, i: number): number {
  let s = 0;
  for (let k = 0; k < 3; k++) s += v[k]! * (k + 1);
  return s + v[i]!;
}
/** @native */
export function tupleSet(v: Vec3, side: 0 | 1): Vec3 {
  v[side] = 9;
  v[1 - side] += 1;
  return v;
}
class Counter {
  hits = 0;
  misses = 0;
  get total() {
    return this.hits + this.misses;
  }
  bump(k: 'hits' | 'misses') {
    this[k] += 1;
  }
  read(k: 'hits' | 'misses' | 'total') {
    return this[k];
  }
}
/** @native */
export function counter(ks: boolean[]): string {
  const c = new Counter();
  for (const k of ks) c.bump(k ? 'hits' : 'misses');
  return `${c.read('hits')} ${c.read('misses')} ${c.read('total')}`;
}
/** @native */
export function firstKey(n: number): string {
  const m = new Map<string, number>();
  for (let i = 0; i < n; i++) m.set('k' + i, i);
  const k = m.keys().next().value;
  const v = m.values().next().value;
  const e = m.entries().next().value;
  if (k !== undefined) m.delete(k);
  return (k ?? 'none') + m.size + (v ?? 'nov') + (e ? e[0] + e[1] : 'noe');
}
/** @native */
export function lru(keys: number[]): number[] {
  const cache = new Map<number, number>();
  for (const k of keys) {
    if (cache.has(k)) cache.delete(k);
    else if (cache.size >= 2) cache.delete(cache.keys().next().value!);
    cache.set(k, k * k);
  }
  const s = new Set(keys);
  return [...cache.keys(), s.values().next().value ?? -1, s.keys().next().value ?? -1];
}
function sumAll(scale: number, ...xs: number[]): number {
  return scale * xs.reduce((a, b) => a + b, 0);
}
class Bag {
  items: string[] = [];
  constructor(...start: string[]) {
    this.items.push(...start);
  }
  add(...more: string[]): this {
    for (const m of more) this.items.push(m);
    return this;
  }
}
class Bag2 extends Bag {
  constructor(...all: string[]) {
    super('first', ...all);
  }
}
/** @native */
export function spreadCall(xs: number[]): number {
  return sumAll(1, ...xs) + sumAll(2, 1, ...xs, 3, ...[4, 5]) + sumAll(1) + sumAll(3, 2, 1);
}
/** @native */
export function bag(xs: string[]): string {
  return new Bag(...xs).add(...xs, 'z').items.join() + new Bag2(...xs).add('q').items.length;
}
/** @native */
export function innerRest(xs: number[]): string {
  const join = (sep: string, ...parts: number[]) => parts.join(sep);
  function count(...all: string[]): number {
    return all.length;
  }
  return join('-', ...xs) + join('+') + join(',', 1, 2) + count() + count('a', ...xs.map(String));
}
/** @native */
export function spreadOrder(xs: number[]): number {
  return sumAll(1, xs.push(1), ...xs, xs.push(2), ...xs);
}
type Size = 'small' | 'large';
const prices: Record<Size, number> = { small: 1.5, large: 2.5 };
const labels = { small: 'S', large: 'L' } as const;
/** @native */
export function price(sizes: Size[]): string {
  return sizes.map((size) => `${labels[size]}${prices[size]}`).join();
}
/** @native */
export function scan(text: string): string {
  const out: string[] = [];
  let i = 0;
  while (i < text.length) {
    if (text[i] === ' ') {
      i++;
      continue;
    }
    const start = i;
    if (text[i] === '=' && text[i + 1] === '=') i += 2;
    else if (text[i] >= '0' && text[i] <= '9') {
      while (text[i] >= '0' && '9' >= text[i]) i++;
      if ('.' === text[i]) i++;
    } else i++;
    out.push(text.slice(start, i));
  }
  if (text[i] !== 'x' && !(text[-1] == '') && text[0.5] != 'a' && !(text[i] < 'a')) out.push('end');
  return out.join('|');
}
const v = { x: 1, y: 2, z: 3 };
export const cases: [string, unknown[]][] = [
  ['price', [['small', 'large']]],
  ...['', '12 == 3', 'a=', '7.', 'é='].map((text): [string, unknown[]] => ['scan', [text]]),
  ...[0, 1, 5, 0.5, -1, 7, NaN, -0].flatMap((x): [string, unknown[]][] => [
    ['stateName', [x]],
    ['stateNameOr', [x]],
    ['mixedName', [x]],
  ]),
  ['fixedRecord', ['abcab']],
  ['fixedRecord', ['']],
  ...['x', 'y', 'z', 'q', ''].flatMap((k): [string, unknown[]][] => [
    ['axisSum', [[v, v], k]],
    ['setAxis', [{ ...v }, k, 3]],
    ['nullableObject', [v, k]],
    ['nullableObject', [null, k]],
    ['thrown', [undefined, k]],
    ['thrown', [v, k]],
  ]),
  ['keysOver', [v]],
  ['optKey', [{ b: null }, 'a']],
  ['optKey', [{ b: null }, 'b']],
  ['optKey', [{ a: 'q', b: 'r' }, 'a']],
  ...[0, 1, 2, 3, -1, 0.5].map((i): [string, unknown[]] => ['tupleAt', [[1, 2, 3], i]]),
  ['tupleSet', [[1, 2, 3], 0]],
  ['tupleSet', [[1, 2, 3], 1]],
  ['counter', [[true, false, true]]],
  ['firstKey', [0]],
  ['firstKey', [2]],
  ['lru', [[1, 2, 1, 3, 2]]],
  ['lru', [[]]],
  ['spreadCall', [[]]],
  ['spreadCall', [[1, 2]]],
  ['bag', [[]]],
  ['bag', [['a', 'b']]],
  ['innerRest', [[]]],
  ['innerRest', [[1, 2]]],
  ['spreadOrder', [[]]],
  ['spreadOrder', [[5]]],
];
export const checked = ['stateName', 'axisSum', 'setAxis', 'nullableObject', 'thrown', 'tupleAt'];
