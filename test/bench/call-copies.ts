/**
 * What it costs that objects, lists, strings and callbacks cross the boundary: exported functions that do little
 * with what they get, beside the same functions as plain JavaScript.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { ts } from '../../compiler/ts-morph.ts';
import { median, table } from './figures.ts';

const rounds = 51;
/** Calls of a round, so many that it takes some hundred microseconds. */
const most = 5_000;

type Exports = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

interface CopyCase {
  readonly title: string;
  /** The exported function that is called. */
  readonly name: string;
  /** @param own what the module exports, native or not */
  readonly args: (own: Exports) => readonly unknown[];
  readonly calls: number;
}

export const copySource = `import type { f64, i32 } from 'tsnative';
interface Vector { x: number; y: number; z: number }
interface Named { id: number; name: string }
/** @native */
export function sumVector(v: Vector): number { return v.x + v.y + v.z; }
/** @native */
export function moveVector(v: Vector): void { v.x += 1; v.y += 1; v.z += 1; }
/** @native */
export function sumList(list: number[]): number {
  let sum = 0;
  for (const value of list) sum += value;
  return sum;
}
/** @native */
export function sumImage(image: { width: number; height: number; data: Float64Array }): number {
  return image.width + image.data[0]!;
}
/** @native */
export function reverseList(list: number[]): void { list.reverse(); }
/** @native */
export function hashText(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}
/** @native */
export function sumRecords(list: Named[]): number {
  let sum = 0;
  for (const { id, name } of list) sum += id + name.length;
  return sum;
}
/** @native */
export function sumMap(map: Map<string, number>): number {
  let sum = 0;
  for (const value of map.values()) sum += value;
  return sum;
}
/** @native */
export function makeVector(x: number): Vector { return { x, y: x, z: x }; }
/** @native */
export function makeList(n: i32): number[] {
  const list: number[] = [];
  for (let i = 0; i < n; i++) list.push(i);
  return list;
}
/** @native */
export function makeText(n: i32): string { return 'x'.repeat(n); }
/** @native */
export function makeRecords(n: i32): Named[] {
  const list: Named[] = [];
  for (let i = 0; i < n; i++) list.push({ id: i, name: 'record' });
  return list;
}
/** @native */
export class Counter {
  count: f64 = 0;
  add(step: f64): f64 { this.count += step; return this.count; }
}
/** @native */
export function addTo(counter: Counter): f64 { return counter.add(1); }
/** @native */
export function callEach(f: (x: f64) => f64, n: i32): f64 {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += f(i);
  return sum;
}
export function makeCounter(): Counter { return new Counter(); }
export function callAdd(counter: Counter): number { return counter.add(1); }
export function readCount(counter: Counter): number { return counter.count; }
`;

const numbers = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 0.5);
const records = (n: number): { id: number; name: string }[] =>
  Array.from({ length: n }, (_, id) => ({ id, name: `record ${id}` }));
const fixed =
  (...args: readonly unknown[]) =>
  (): readonly unknown[] =>
    args;
const counter = (own: Exports): readonly unknown[] => [own['makeCounter']?.()];

const cases: readonly CopyCase[] = [
  {
    title: 'an object of 3 numbers',
    name: 'sumVector',
    calls: most,
    args: fixed({ x: 1, y: 2, z: 3 }),
  },
  { title: '… changed', name: 'moveVector', calls: most, args: fixed({ x: 1, y: 2, z: 3 }) },
  {
    title: 'an object with a Float64Array',
    name: 'sumImage',
    calls: most,
    args: fixed({ width: 1, height: 2, data: new Float64Array(1000) }),
  },
  { title: 'number[] of 10', name: 'sumList', calls: most, args: fixed(numbers(10)) },
  { title: 'number[] of 1000', name: 'sumList', calls: 200, args: fixed(numbers(1000)) },
  { title: '… of 10, changed', name: 'reverseList', calls: most, args: fixed(numbers(10)) },
  { title: '… of 1000, changed', name: 'reverseList', calls: 200, args: fixed(numbers(1000)) },
  { title: 'string of 10', name: 'hashText', calls: most, args: fixed('0123456789') },
  { title: 'string of 1000', name: 'hashText', calls: 500, args: fixed('0123456789'.repeat(100)) },
  {
    title: 'list of 100 objects with a string',
    name: 'sumRecords',
    calls: 200,
    args: fixed(records(100)),
  },
  {
    title: 'Map of 10 strings to numbers',
    name: 'sumMap',
    calls: 1000,
    args: fixed(new Map(records(10).map(({ id, name }) => [name, id]))),
  },
  { title: 'result: an object of 3 numbers', name: 'makeVector', calls: most, args: fixed(1) },
  { title: 'result: number[] of 10', name: 'makeList', calls: most, args: fixed(10) },
  { title: 'result: number[] of 1000', name: 'makeList', calls: 200, args: fixed(1000) },
  { title: 'result: string of 1000', name: 'makeText', calls: 500, args: fixed(1000) },
  {
    title: 'result: list of 100 objects with a string',
    name: 'makeRecords',
    calls: 200,
    args: fixed(100),
  },
  { title: 'an instance', name: 'addTo', calls: most, args: counter },
  { title: 'a method of an instance', name: 'callAdd', calls: most, args: counter },
  { title: 'a field of an instance', name: 'readCount', calls: most, args: counter },
  {
    title: 'a callback, called once',
    name: 'callEach',
    calls: most,
    args: fixed((x: number) => x + 1, 1),
  },
  {
    title: 'a callback, called 100 times',
    name: 'callEach',
    calls: 200,
    args: fixed((x: number) => x + 1, 100),
  },
];

/** Writes the functions as plain JavaScript into a folder. */
export async function plainFunctions(folder: string): Promise<Exports> {
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 };
  mkdirSync(folder);
  const path = join(folder, 'copies.mjs');
  writeFileSync(path, ts.transpileModule(copySource, { compilerOptions: options }).outputText);
  return (await import(pathToFileURL(path).href)) as Exports;
}

/** The table of what native functions and plain ones take for the same calls. */
export function copyTable(native: Exports, plain: Exports): string {
  const rows = cases.map((tested, index) => {
    const [ours, theirs] = [native, plain].map((own, which) =>
      timer(tested, own, `${index} ${which}`),
    );
    if (!ours || !theirs) throw new Error('there are two');
    if (!isDeepStrictEqual(ours.result, theirs.result))
      throw new Error(`${tested.title}: different results`);
    for (let n = 0; n < 20; n++) [ours.time(), theirs.time()]; // V8 compiles the loops.
    const pairs = Array.from({ length: rounds }, () => [ours.time(), theirs.time()] as const);
    const [own, other] = [median(pairs.map(([a]) => a)), median(pairs.map(([, b]) => b))];
    return [
      tested.title,
      `${own.toFixed(0)} ns`,
      `${other.toFixed(0)} ns`,
      `${(own - other).toFixed(0)} ns`,
    ];
  });
  return table([['what crosses', 'native', 'JavaScript', 'more'], ...rows]);
}

function timer({ name, args, calls }: CopyCase, own: Exports, which: string) {
  const f = own[name];
  if (!f) throw new Error(`no function ${name}`);
  const given = args(own);
  const params = given.map((_, index) => `a${index}`).join(', ');
  // A loop of its own for each, so that V8 optimises each call by itself.
  const run = new Function(
    `// ${which}
    return (f, ${params}) => { let last; for (let i = 0; i < ${calls}; i++) last = f(${params}); return last; }`,
  )() as (f: unknown, ...args: readonly unknown[]) => unknown;
  return {
    result: f(...given),
    time: (): number => {
      const start = performance.now();
      run(f, ...given);
      return ((performance.now() - start) * 1e6) / calls;
    },
  };
}
