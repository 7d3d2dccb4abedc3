import type { f32, i32, i64, u8 } from 'tsnative';
import { parallel } from 'tsnative';

const table = new Float64Array([1, 2, 3, 4]);
const scale = 3;

/** @native */
export async function sum(values: Float64Array): Promise<number> {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}

/** @native */
export async function scaled(values: Float64Array, by: number): Promise<void> {
  for (let i = 0; i < values.length; i++) values[i] *= by * scale;
}

/** @native */
export async function both(a: Float64Array, bytes: Uint8Array): Promise<number> {
  a[0] = 1.5;
  let total = 0;
  for (let i = 0; i < bytes.length; i++) total += bytes[i];
  bytes[bytes.length - 1] = 64;
  return total + a[0] + a[a.length - 1];
}

/** @native */
export async function squares(n: i32): Promise<Float64Array> {
  const made = new Float64Array(n);
  for (let i = 0; i < n; i++) made[i] = i * i;
  return made;
}

/** @native */
export async function same(values: Float64Array): Promise<Float64Array> {
  values[0] = 7;
  return values;
}

/** @native */
export async function rest(values: Int16Array): Promise<Int16Array> {
  values[1] = 9;
  return values.subarray(1);
}

/** @native */
export async function twins(a: Int32Array, b: Int32Array): Promise<boolean> {
  a[0] = 1;
  b[0] += 1;
  return a === b && a[0] === 2;
}

/** @native */
export async function at(values: Float64Array, index: i32): Promise<number> {
  values[0] = -1;
  return values[index];
}

/** @native */
export async function failing(n: number): Promise<number> {
  if (n < 0) throw new RangeError(`negative: ${n}`);
  if (n > 9) throw new TypeError('too large');
  return Math.sqrt(n);
}

function depth(n: number): number {
  return n === 0 ? 0 : 1 + depth(n - 1) * 1.0000001;
}

/** Loops that ask once in many iterations whether their call is to end. */
/** @native */
export async function strips(n: i32, limit: number): Promise<number> {
  let [h, last] = [0, 0];
  for (let i = 0; i < n; i++) h = (Math.imul(h, 31) + i) | 0;
  for (let i = 1; i < n; i += 3) {
    if (i > limit) break;
    if ((i & 5) === 0) continue;
    last = i;
    h = (h ^ i) | 0;
  }
  return h + last / 2;
}

/** @native */
export async function deep(n: number): Promise<number> {
  return depth(n);
}

/** @native */
export async function maybe(x?: number, values?: Uint8Array | null): Promise<number | null> {
  if (values === undefined || values === null) return x === undefined ? null : x;
  return values.length + (x ?? 0);
}

/** @native */
export async function constants(i: i32): Promise<number> {
  return table[i] * scale;
}

/** @native */
export const kinds = async (a: i64, b: f32, c: u8, d: boolean): Promise<i64> =>
  d ? a + BigInt(c) : a - 1n;

/** @native */
export async function words(n: i32): Promise<number> {
  const lists: number[][] = [];
  let text = '';
  for (let i = 0; i < n; i++) {
    lists.push([i, i + 1]);
    text += String(i);
  }
  let total = text.length;
  for (const list of lists) total += list[0] * list[1];
  return total;
}

/** @native */
export async function swarm(n: i32): Promise<number> {
  return parallel.sum(n, (i: i32) => Math.sqrt(i) * (i % 7));
}

/** @native */
export async function viewed(data: DataView): Promise<number> {
  data.setFloat64(0, data.getFloat64(8) * 2);
  return data.byteLength;
}

interface Named {
  name: string;
  readonly values: Float64Array;
}

/** @native */
export async function rename(named: Named, names: string[]): Promise<string[]> {
  const before = named.name;
  if (names.length === 0) throw new RangeError(`no name for ${before}`);
  named.name = names[0];
  named.values[0] = names.length;
  names.push(before);
  return [...names, 'all'];
}

/** @native */
export async function burn(rounds: number): Promise<number> {
  let x = 0.5;
  for (let i = 0; i < rounds; i++) x = 3.9 * x * (1 - x);
  return x;
}

/** @native */
export async function shared(values: Int32Array, rounds: number): Promise<void> {
  for (let i = 0; i < rounds; i++) values[i % values.length] += 1;
}
