/** Typed arrays inside of objects, lists, tuples and maps that cross the boundary: shared by reference, with their identity. */
import type { f64, i32, u8 } from 'tsnative';

interface Image {
  width: i32;
  height: i32;
  data: Uint8Array;
}
interface Mesh {
  name: string;
  positions: Float64Array;
  indices?: Uint32Array;
  normals: Float32Array | null;
}
interface Node {
  values: Float64Array;
  next: Node | null;
}
interface Circle {
  kind: 'circle';
  radii: Float64Array;
}
interface Raw {
  kind: 'raw';
  bytes: DataView;
  text: string;
}

/** @native */
export function sum({ data, width }: Image): f64 {
  let total = 0;
  for (let i = 0; i < data.length; i++) total += data[i]!;
  return total / width;
}

/** @native */
export function invert(image: Image): Image {
  const data = new Uint8Array(image.data.length);
  for (let i = 0; i < data.length; i++) data[i] = 255 - image.data[i]!;
  return { ...image, data };
}

/** @native */
export function paint(image: Image, value: u8): Image {
  image.data.fill(value);
  image.width += 1;
  return image;
}

/** Both have the same array, of which native code keeps no copy. */
/** @native */
export function pair(image: Image): Image[] {
  return [
    { width: 1, height: -1, data: image.data },
    image,
    { width: 2, height: 0, data: image.data },
  ];
}

/** @native */
export function crop(image: Image, from: i32, to: i32): Image {
  return { width: to - from, height: 1, data: image.data.subarray(from, to) };
}

/** @native */
export function exchange(a: Image, b: Image): void {
  const data = a.data;
  a.data = b.data;
  b.data = data;
}

/** @native */
export function renew(image: Image, size: i32, fails: boolean): boolean {
  const before = image.data;
  image.data = new Uint8Array(size);
  if (size > 0) image.data[0] = before.length;
  if (fails) throw new RangeError(`renewed to ${size}`);
  return image.data === before;
}

/** @native */
export function isOf(image: Image, data: Uint8Array): boolean {
  return image.data === data;
}

/** @native */
export function count(images: Image[], data: Uint8Array): f64 {
  let found = 0;
  for (const image of images) if (image.data === data) found++;
  return found;
}

/** @native */
export function overlap(image: Image, other: Uint8Array): f64 {
  for (let i = 0; i < other.length; i++) image.data[i] = image.data[i]! + other[i]! * 2;
  return other.length > 0 ? other[0]! : -1;
}

/** @native */
export function parts(all: Float64Array, size: i32): Float64Array[] {
  const list: Float64Array[] = [];
  for (let at = 0; at < all.length; at += size) list.push(all.subarray(at, at + size));
  return list;
}

/** @native */
export function halves(all: Float64Array): [Float64Array, Float64Array] {
  const middle = all.length >> 1;
  return [all.subarray(0, middle), all.subarray(middle)];
}

/** Two views of memory that native code made. */
/** @native */
export function twice(n: i32): { whole: Float64Array; rest: Float64Array; again: Float64Array } {
  const whole = new Float64Array(n);
  for (let i = 0; i < n; i++) whole[i] = i * -0.5;
  return { whole, rest: whole.subarray(1), again: whole };
}

/** @native */
export function many(n: i32): Float32Array[] {
  const list: Float32Array[] = [];
  for (let i = 0; i < n; i++) {
    const made = new Float32Array(2);
    made[1] = i;
    list.push(made);
  }
  return list;
}

/** @native */
export function reverseRows(rows: Int16Array[]): void {
  rows.reverse();
  if (rows.length > 2) rows.pop();
  rows.push(new Int16Array(1));
}

/** @native */
export function measure(mesh: Mesh): f64 {
  const { positions, indices, normals } = mesh;
  return positions.length + (indices ? indices.length * 100 : 0.5) + (normals ? normals[0]! : -1);
}

/** @native */
export function complete(mesh: Mesh): void {
  if (!mesh.indices) mesh.indices = new Uint32Array(2);
  else mesh.indices = undefined;
  mesh.normals = mesh.normals ? null : new Float32Array(1);
  mesh.name += '!';
}

/** @native */
export function total(shape: Circle | Raw): f64 {
  if (shape.kind === 'raw') return shape.bytes.getUint8(0) + shape.text.length;
  let sum = 0;
  for (const radius of shape.radii) sum += radius;
  return sum;
}

/** @native */
export function table(columns: Map<string, Float64Array>, name: string): f64 {
  const column = columns.get(name);
  if (!column) {
    columns.set(name, new Float64Array(1));
    return NaN;
  }
  column[0] = -0;
  columns.delete(name);
  columns.set(name + name, column);
  return column.length;
}

/** @native */
export function link(first: Node): Node {
  let last = first;
  while (last.next) last = last.next;
  const node: Node = { values: first.values, next: null };
  last.next = node;
  return node;
}

/** A ring that only native code has. */
/** @native */
export function ring(n: i32): f64 {
  const a: Node = { values: new Float64Array(n), next: null };
  const b: Node = { values: a.values, next: a };
  a.next = b;
  return b.next ? b.next.values.length : -1;
}

/** @native */
export function around(first: Node): Node {
  const second: Node = { values: new Float64Array(2), next: first };
  first.next = second;
  return second;
}

/** @native */
export function bytes(view: { at: i32; data: DataView }, put: boolean): f64 {
  const value = view.data.getFloat64(view.at, true);
  if (put) view.data.setFloat64(view.at, -value, true);
  return value;
}

/** @native */
export function tuple(pair: [Uint8ClampedArray, f64]): [f64, Uint8ClampedArray] {
  pair[0][0] = pair[1];
  return [pair[0][0]!, pair[0]];
}

/** @native */
export function longer(image: Image, n: i32): { texts: string[]; image: Image } {
  const texts: string[] = [];
  for (let i = 0; i < n; i++) texts.push(`text ${i}`);
  image.height = n;
  return { texts, image };
}

/** @native */
export function changedThenThrown(images: Image[], n: i32): void {
  for (const image of images) image.data = new Uint8Array(n);
  throw new Error(`after ${images.length}`);
}

/** @native */
export function each(image: Image, use: (index: f64) => f64): f64 {
  let sum = 0;
  for (let i = 0; i < image.data.length; i++) sum += use(i) * image.data[i]!;
  return sum;
}

const data = Uint8Array.of(1, 2, 3, 250);
const image: Image = { width: 2, height: 2, data };
const other: Image = { width: 0, height: -5, data: new Uint8Array(0) };
const buffer = new Float64Array([1, -0, NaN, Infinity, 5, 6]).buffer;
const all = new Float64Array(buffer);
const mesh: Mesh = { name: 'ü', positions: all, normals: null };
const indexed: Mesh = {
  name: '',
  positions: new Float64Array(buffer, 8, 2),
  indices: Uint32Array.of(7),
  normals: Float32Array.of(-0.5),
};
const node: Node = { values: all, next: { values: Float64Array.of(3), next: null } };

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ['sum', [image]],
  ['sum', [other]],
  ['sum', [{ width: 1, height: 1, data: Uint8Array.of(5, 6) }]],
  ['sum', [{ ...image, data: data.subarray(1, 3) }]],
  ['invert', [image]],
  ['invert', [other]],
  ['paint', [image, 9]],
  ['pair', [image]],
  ['crop', [image, 1, 3]],
  ['crop', [image, 2, 2]],
  ['exchange', [image, other]],
  ['exchange', [image, image]],
  ['exchange', [image, { ...image }]],
  ['renew', [image, 3, false]],
  ['renew', [image, 0, false]],
  ['renew', [image, 2, true]],
  ['isOf', [image, data]],
  ['isOf', [image, data.slice()]],
  ['isOf', [image, data.subarray(0)]],
  ['count', [[], data]],
  ['count', [[image, other, { ...other, data }, image], data]],
  ['overlap', [image, data]],
  ['overlap', [image, data.subarray(1)]],
  ['overlap', [{ ...image, data: data.subarray(1) }, data.subarray(0, 3)]],
  ['parts', [all, 4]],
  ['parts', [new Float64Array(0), 1]],
  ['parts', [new Float64Array(3000), 1]],
  ['halves', [all]],
  ['twice', [4]],
  ['twice', [1]],
  ['many', [0]],
  ['many', [20]],
  ['many', [2000]],
  ['reverseRows', [[]]],
  ['reverseRows', [[Int16Array.of(1)]]],
  ['reverseRows', [[Int16Array.of(1), Int16Array.of(2, 3), Int16Array.of(1)]]],
  ['measure', [mesh]],
  ['measure', [indexed]],
  ['complete', [mesh]],
  ['complete', [indexed]],
  ['complete', [{ ...mesh, indices: undefined }]],
  ['total', [{ kind: 'circle', radii: all.subarray(0, 2) }]],
  ['total', [{ kind: 'raw', bytes: new DataView(buffer, 7, 3), text: 'ab' }]],
  ['table', [new Map([['a', all]]), 'a']],
  ['table', [new Map([['a', all]]), 'b']],
  ['link', [node]],
  ['ring', [3]],
  ['around', [node]],
  ['bytes', [{ at: 0, data: new DataView(buffer, 8, 16) }, true]],
  ['bytes', [{ at: 8, data: new DataView(buffer) }, false]],
  ['tuple', [[Uint8ClampedArray.of(0), 300]]],
  ['tuple', [[Uint8ClampedArray.of(0), NaN]]],
  ['longer', [image, 0]],
  ['longer', [image, 5000]],
  ['changedThenThrown', [[], 1]],
  ['changedThenThrown', [[image, other, image], 2]],
  ['changedThenThrown', [Array.from({ length: 2000 }, () => ({ ...image })), 1]],
  ['each', [image, (index: number) => index + 0.5]],
];
