/** Variables that walk along objects which hold each other, while those are kept, changed and dropped. */
import type { f64, i32 } from 'tsnative';

interface Cell {
  value: f64;
  next: Cell | null;
}

function build(n: i32): Cell | null {
  let first: Cell | null = null;
  for (let i = n; i > 0; i--) first = { value: i, next: first };
  return first;
}

function text(list: Cell | null): string {
  let all = '';
  for (let cell = list; cell !== null; cell = cell.next) all += `${cell.value},`;
  return all;
}

/**
 * What is found is used when the list is gone.
 * @native
 */
export function keeps(n: i32): string {
  let list = build(n);
  let best: Cell | null = null;
  let last: Cell | null = null;
  for (let cell = list; cell !== null; cell = cell.next) {
    if (cell.value % 4 === 0) best = cell;
    last = cell;
  }
  list = build(2);
  const other = build(n);
  return `${text(best)} ${text(last)} ${text(list)} ${text(other)}`;
}

/**
 * The list is another one after some steps.
 * @native
 */
export function replaced(n: i32): string {
  let list = build(n);
  let all = '';
  for (let cell = list; cell !== null; cell = cell.next) {
    if (cell.value === 2) list = null;
    const fresh = build(3);
    all += `${cell.value}${fresh === null ? '' : fresh.value} `;
  }
  return all + text(list);
}

/**
 * Each step takes the rest of the list away from it.
 * @native
 */
export function consumed(n: i32): string {
  let list = build(n);
  let all = '';
  let cell = list;
  while (cell !== null) {
    const next: Cell | null = cell.next;
    cell.next = null;
    list = next;
    all += `${cell.value};`;
    cell = next;
  }
  for (let again = build(n); again !== null; again = again.next) all += again.value;
  return all + text(list);
}

function cut(cell: Cell): void {
  cell.next = cell.next === null ? null : cell.next.next;
}

/**
 * A function that is called changes what is walked along.
 * @native
 */
export function thinned(n: i32): string {
  const list = build(n);
  let all = '';
  for (let cell = list; cell !== null; cell = cell.next) {
    cut(cell);
    all += text(build(2));
  }
  return all + text(list);
}

/**
 * A name that was given before the beginning of the list was replaced.
 * @native
 */
export function stale(n: i32): string {
  const list = build(n);
  if (list === null) return '';
  let first = list;
  const second = list.next;
  list.next = build(1);
  let all = text(build(n));
  for (let cell = second; cell !== null; cell = cell.next) all += `${cell.value}.`;
  const old = first;
  first = { value: 9, next: null };
  const mine = build(4);
  for (let cell: Cell | null = old; cell !== null; cell = cell.next) all += `${cell.value}:`;
  return all + text(first) + text(mine);
}

/**
 * One variable on two walks, one inside the other, and out of both.
 * @native
 */
export function nested(n: i32, stop: f64): string {
  const list = build(n);
  let all = '';
  let cell: Cell | null = null;
  for (let outer = list; outer !== null; outer = outer.next) {
    for (cell = outer; cell !== null; cell = cell.next) {
      if (cell.value === stop) return `${all}!${cell.value}`;
      if (cell.value > outer.value + 1) break;
      all += `${outer.value}${cell.value} `;
    }
    cell = list;
    while (cell !== null && cell.value < outer.value) cell = cell.next;
    all += cell === null ? '-' : `=${cell.value} `;
  }
  return all;
}

/**
 * An error in the midst of it.
 * @native
 */
export function fails(n: i32): string {
  let list = build(n);
  let cell: Cell | null = list;
  let all = '';
  try {
    for (; cell !== null; cell = cell.next) {
      if (cell.value === 3) throw new Error(`at ${cell.value}`);
      all += `${cell.value}`;
    }
  } catch (error) {
    list = null;
    const fresh = build(n);
    all += `${(error as Error).message} ${cell === null ? '' : cell.value}${text(fresh)}`;
  }
  return all + text(list);
}

class Sorted {
  first: Cell | null = null;
  size: f64 = 0;

  insert(value: f64): void {
    this.size++;
    if (this.first === null || this.first.value >= value) {
      this.first = { value, next: this.first };
      return;
    }
    let cell = this.first;
    while (cell.next !== null && cell.next.value < value) cell = cell.next;
    cell.next = { value, next: cell.next };
  }

  remove(value: f64): boolean {
    let before: Cell | null = null;
    for (let cell = this.first; cell !== null; cell = cell.next) {
      if (cell.value === value) {
        if (before === null) this.first = cell.next;
        else before.next = cell.next;
        this.size--;
        return true;
      }
      before = cell;
    }
    return false;
  }

  /** The first that is greater, cut out of the list with what follows. */
  cutAbove(value: f64): Cell | null {
    let cell = this.first;
    while (cell !== null && cell.value <= value) cell = cell.next;
    if (cell === this.first) this.first = null;
    return cell;
  }
}

/** @native */
export function sorted(values: Float64Array, out: f64): string {
  const list = new Sorted();
  for (const value of values) list.insert(value);
  let all = text(list.first);
  for (let i = 0; i < values.length; i += 2) all += list.remove(values[i]!) ? '+' : '-';
  all += text(list.first);
  const cut = list.cutAbove(out);
  return `${all} ${text(cut)} ${text(list.first)} ${list.size}`;
}

/**
 * What a slot held is used when something else is in it: once, twice, swapped, given away before, or not at all.
 * @native
 */
export function exchanges(n: i32, stop: f64): string {
  let list = build(n);
  let all = '';
  if (list !== null) {
    const one = list.next;
    const same = list.next;
    list.next = null;
    list = build(2);
    all += `${text(one)} ${text(same)}|`;
  }
  const [a, b] = [build(n), build(3)];
  if (a !== null && b !== null) {
    const swapped = a.next;
    a.next = b.next;
    b.next = swapped;
    all += `${text(a)} ${text(b)}|`;
  }
  let given: Cell | null = null;
  if (a !== null) {
    const rest = a.next;
    given = rest;
    a.next = a;
    a.next = build(1);
    given = build(2);
    all += `${text(rest)} ${text(given)} ${text(a)}|`;
  }
  try {
    for (let cell = b; cell !== null;) {
      const next: Cell | null = cell.next;
      if (cell.value === stop) throw new Error(text(next));
      cell.next = given;
      given = cell;
      if (next !== null && next.value === stop + 1) return `${all}${text(next)} ${text(given)}`;
      cell = next;
    }
  } catch (error) {
    all += (error as Error).message;
  }
  return `${all} ${text(b)} ${text(given)} ${text(list)}`;
}

interface Tree {
  key: f64;
  children: Tree[];
  link?: Tree;
}

function grow(depth: i32, key: f64): Tree {
  const tree: Tree = { key, children: [] };
  if (depth > 0)
    for (let i = 0; i < 3; i++) tree.children.push(grow((depth - 1) as i32, key * 3 + i));
  return tree;
}

/**
 * Down a tree whose lists of children change on the way.
 * @native
 */
export function descends(depth: i32, path: Float64Array, changes: boolean): string {
  let root = grow(depth, 1);
  let all = '';
  let node = root;
  for (const step of path) {
    if (node.children.length === 0) break;
    const child: Tree = node.children[step % node.children.length]!;
    node = child;
    all += `${node.key} `;
  }
  let at = root;
  for (const step of path) {
    if (at.children.length === 0) break;
    const parent = at;
    at = at.children[step % at.children.length]!;
    if (changes) parent.children.splice(0, 3, grow(1, 7));
    all += `${at.key}/${at.children.length} `;
  }
  root = grow(0, 5);
  return `${all}${node.key} ${at.key} ${root.key}`;
}

/**
 * Links that are optional, in a ring.
 * @native
 */
export function around(n: i32, turns: i32): f64 {
  const first: Tree = { key: 1, children: [] };
  let last = first;
  for (let i = 2; i <= n; i++) {
    const made: Tree = { key: i, children: [] };
    last.link = made;
    last = made;
  }
  last.link = first;
  let sum = 0;
  let node: Tree | undefined = first;
  for (let i = 0; i < turns && node !== undefined; i++) {
    sum = sum * 3 + node.key;
    node = node.link;
  }
  return sum;
}

const sizes = [0, 1, 2, 3, 4, 5, 9];

export const cases: [string, unknown[]][] = [
  ...sizes.flatMap((n): [string, unknown[]][] => [
    ['keeps', [n]],
    ['replaced', [n]],
    ['consumed', [n]],
    ['thinned', [n]],
    ['stale', [n]],
    ['nested', [n, -1]],
    ['nested', [n, 3]],
    ['fails', [n]],
    ['exchanges', [n, 2]],
    ['exchanges', [n, 5]],
    ['around', [Math.max(n, 1), 7]],
  ]),
  ...[[], [2], [1, 2], [3, 1, 2, 2], [5, 4, 3, 2, 1, 7, 6]].flatMap(
    (list): [string, unknown[]][] => [
      ['sorted', [Float64Array.from(list), 2]],
      ['sorted', [Float64Array.from(list), 0]],
      ['descends', [3, Float64Array.from(list), false]],
      ['descends', [3, Float64Array.from(list), true]],
    ],
  ),
];
