/** Maps and sets as arguments and results: copied in and out, written back, with their order and identity. */
import type { f64, i32, i64, u64, u8 } from 'tsnative';

interface Point {
  x: f64;
  y: f64;
}
interface Folder {
  size: f64;
  files: Map<string, f64>;
  folders: Map<string, Folder>;
}
interface Holder {
  tags: Set<string>;
  scores?: Map<string, f64>;
  last: Map<f64, Point> | null;
}

/** @native */
export function sumBut(words: Map<string, f64>, stop: ReadonlySet<string>): f64 {
  let sum = 0;
  for (const [word, count] of words) if (!stop.has(word)) sum += count;
  return sum;
}

/** @native */
export function distinct(values: f64[]): Set<f64> {
  return new Set(values);
}

/** @native */
export function tally(words: string[], into: Map<string, i32>): f64 {
  for (const word of words) into.set(word, (into.get(word) ?? 0) + 1);
  return into.size;
}

/** @native */
export function shift(groups: Map<string, Point[]>, dx: f64): Map<string, Point[]> {
  for (const list of groups.values()) for (const point of list) point.x += dx;
  return groups;
}

/** @native */
export function drop(map: Map<f64, i64>, key: f64): boolean {
  return map.delete(key);
}

/** @native */
export function renew(map: Map<string, f64>, key: string): void {
  const value = map.get(key) ?? -0;
  map.delete(key);
  map.set(key, value);
}

/** @native */
export function empty(map: Map<string, f64>, set: Set<u64>, again: boolean): f64 {
  map.clear();
  set.clear();
  if (again) {
    map.set('again', NaN);
    set.add(18446744073709551615n);
  }
  return map.size + set.size;
}

/** @native */
export function labelOf(labels: Map<Point, string>, point: Point): string {
  return labels.get(point) ?? 'none';
}

/** @native */
export function members(points: Set<Point>, a: Point, b: Point): f64 {
  if (!points.has(b)) points.add(b);
  points.delete(a);
  let sum = 0;
  for (const point of points) sum += point.x;
  return sum;
}

/** @native */
export function inverse(map: Map<i64, string>): Map<string, i64> {
  const made = new Map<string, i64>();
  for (const [key, value] of map) made.set(value, key);
  return made;
}

/** @native */
export function same(a: Map<string, f64>, b: Map<string, f64>): boolean {
  a.set('new', 1);
  return a === b && b.has('new');
}

/** @native */
export function setThenThrow(map: Map<string, f64>, limit: f64): void {
  for (const [key, value] of map) {
    map.set(key, value * 2);
    if (value > limit) throw new RangeError(`${key} is over ${limit}`);
  }
}

function total(folder: Folder): f64 {
  let sum = 0;
  for (const size of folder.files.values()) sum += size;
  for (const inner of folder.folders.values()) sum += total(inner);
  folder.size = sum;
  return sum;
}

/** @native */
export function folderSize(folder: Folder): f64 {
  return total(folder);
}

/** @native */
export function addFolder(folder: Folder, name: string): Folder {
  const made: Folder = { size: 0, files: new Map([['readme', 1]]), folders: new Map() };
  folder.folders.set(name, made);
  made.folders.set('up', folder);
  return made;
}

/** @native */
export function hold(holder: Holder, key: string): f64 {
  holder.tags.add(key);
  holder.scores?.set(key, holder.tags.size);
  if (holder.last === null) holder.last = new Map([[1, { x: 1, y: 2 }]]);
  else holder.last = null;
  return holder.scores === undefined ? -1 : holder.scores.size;
}

/** @native */
export function inArrays(
  maps: Map<u8, boolean>[],
  pair: [Set<boolean>, Map<string, f64>],
): Set<boolean> {
  for (const map of maps) for (const [key, flag] of map) if (flag) pair[1].set(`${key}`, key);
  maps.push(new Map([[255, pair[0].has(true)]]));
  return pair[0];
}

/** @native */
export function nested(map: Map<string, Map<string, f64>>): Map<string, Set<string>> {
  const made = new Map<string, Set<string>>();
  for (const [outer, inner] of map)
    for (const key of inner.keys()) {
      const known = made.get(key);
      if (known === undefined) made.set(key, new Set([outer]));
      else known.add(outer);
      inner.set(key, inner.size);
    }
  return made;
}

/** @native */
export function nullable(map: Map<string, Point | null>): f64 {
  let count = 0;
  for (const [key, point] of map) {
    if (point === null) count++;
    map.set(key, point === null ? { x: 0, y: 0 } : null);
  }
  return count;
}

/** @native */
export function maybe(set?: Set<string>): Set<string> | undefined {
  set?.add('x');
  return set;
}

/** @native */
export function squares(count: i32): Map<i32, f64> {
  const made = new Map<i32, f64>();
  for (let i = 0; i < count; i++) made.set(i, i * i);
  for (let i = 0; i < count; i += 3) made.delete(i);
  return made;
}

const p: Point = { x: 1, y: 2 };
const q: Point = { x: 10, y: 20 };
const one = new Map([['a', 1]]);
const leaf: Folder = { size: 0, files: new Map([['x', 5]]), folders: new Map() };
const root: Folder = {
  size: 0,
  files: new Map([
    ['a', 1],
    ['b', 2],
  ]),
  folders: new Map([
    ['one', leaf],
    ['two', { size: 0, files: new Map(), folders: new Map([['again', leaf]]) }],
  ]),
};
const many = new Map(Array.from({ length: 3000 }, (_, n) => [`key ${n * 7}`, n] as const));

/** The range of `i32` is checked. */
export const checked = ['tally'];

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ['sumBut', [new Map(), new Set()]],
  [
    'sumBut',
    [
      new Map([
        ['a', 1],
        ['', 2],
        ['ü', -0],
        ['𝄞', 4],
      ]),
      new Set(['', 'b']),
    ],
  ],
  ['sumBut', [many, new Set(['key 7'])]],
  ['distinct', [[3, 1, NaN, 3, NaN, -0, 0, Infinity, 2 ** 53]]],
  ['distinct', [[]]],
  ['tally', [['a', 'z', 'a', ''], new Map([['z', 5]])]],
  ['tally', [[], new Map([['z', 5]])]],
  ['tally', [['a'], new Map([['a', 2 ** 31 - 1]])]],
  [
    'shift',
    [
      new Map([
        ['q', [p, q]],
        ['r', [p]],
        ['s', []],
      ]),
      5,
    ],
  ],
  [
    'drop',
    [
      new Map([
        [1, 1n],
        [NaN, -(2n ** 63n)],
        [2, 3n],
      ]),
      NaN,
    ],
  ],
  ['drop', [new Map([[0, 1n]]), -0]],
  ['drop', [new Map([[0, 1n]]), 5]],
  [
    'renew',
    [
      new Map([
        ['a', 1],
        ['b', 2],
        ['c', 3],
      ]),
      'a',
    ],
  ],
  [
    'renew',
    [
      new Map([
        ['a', 1],
        ['b', 2],
      ]),
      'd',
    ],
  ],
  ['empty', [new Map([['a', 1]]), new Set([1n, 2n]), false]],
  ['empty', [new Map([['a', 1]]), new Set([1n, 2n]), true]],
  [
    'labelOf',
    [
      new Map([
        [p, 'p'],
        [q, 'q'],
      ]),
      q,
    ],
  ],
  ['labelOf', [new Map([[p, 'p']]), { ...p }]],
  ['members', [new Set([p]), p, q]],
  ['members', [new Set([p, q]), q, p]],
  [
    'inverse',
    [
      new Map([
        [1n, 'one'],
        [-(2n ** 63n), 'least'],
        [2n, 'one'],
      ]),
    ],
  ],
  ['same', [one, one]],
  ['same', [new Map(one), new Map(one)]],
  [
    'setThenThrow',
    [
      new Map([
        ['a', 1],
        ['b', 5],
        ['c', 9],
      ]),
      4,
    ],
  ],
  ['setThenThrow', [new Map([['a', 1]]), 4]],
  ['folderSize', [root]],
  ['addFolder', [root, 'new']],
  ['addFolder', [leaf, 'x']],
  ['hold', [{ tags: new Set(['k']), scores: new Map([['k', 3]]), last: null }, 'n']],
  ['hold', [{ tags: new Set(), last: new Map([[NaN, p]]) }, 'n']],
  [
    'inArrays',
    [
      [
        new Map([
          [1, true],
          [200, false],
        ]),
        new Map(),
      ],
      [new Set([false]), new Map()],
    ],
  ],
  [
    'nested',
    [
      new Map([
        [
          'a',
          new Map([
            ['x', 0],
            ['y', 0],
          ]),
        ],
        ['b', new Map([['y', 7]])],
      ]),
    ],
  ],
  [
    'nullable',
    [
      new Map([
        ['a', null],
        ['b', p],
      ]),
    ],
  ],
  ['maybe', []],
  ['maybe', [new Set(['y'])]],
  ['squares', [0]],
  ['squares', [1000]],
];
