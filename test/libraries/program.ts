/** What the tests of libraries compile. */
export const program = `import { parallel } from 'tsnative';
import type { f64, i32, u8, i64, f32 } from 'tsnative';

/**
 * The scalar product of two vectors.
 *
 * Nothing is rounded twice.
 * @param a one vector
 * @param b the other one,
 *   at least as long
 * @returns the sum of the products
 * @throws RangeError where b is shorter
 * @native
 */
export function dot(a: Float64Array, b: Float64Array): f64 {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
/** Adds small numbers.
 * @native */
export function add(a: i32, b: u8, minus: boolean): i32 { return minus ? a - b : a + b; }
/** @native */
export const scale = (out: Float64Array, by: f64 = 2): void => {
  for (let i = 0; i < out.length; i++) out[i] = out[i]! * by;
};
/** @native */
export function squares(n: i32): Float64Array {
  const r = new Float64Array(n);
  for (let i = 0; i < n; i++) r[i] = i * i;
  return r;
}
/** @native */
export function tail(a: Uint8Array): Uint8Array { return a.subarray(1); }
/** @native */
export function waves(n: i32, out: Float64Array): f64 {
  parallel.for(n, (i: i32) => {
    let s = 0;
    for (let k = 1; k < 300; k++) s += Math.sin(i / k);
    out[i] = s;
  });
  return parallel.sum(n, (i: i32) => out[i]!);
}
/** @native */
export function greet(name: string, times: f64): string { return \`hello \${name.toUpperCase()} \${times} ✓\`; }
/** @native */
export function firstUnit(text: string): string { return text.slice(0, 1); }
/** @native */
export function check(x: f64, text: string, sure: boolean): f64 {
  if (x < 0) throw new RangeError(\`negative: \${x} of \${text} (\${sure})\`);
  return Math.sqrt(x);
}
/** @native */
export function root(x: f64): f64 {
  if (!(x >= 0)) throw new TypeError('no root of ' + x);
  return Math.sqrt(x);
}
/** @native */
export function caught(x: f64): string {
  try {
    return String(root(x));
  } catch (e) {
    return (e as Error).message;
  }
}
/** @native */
export function fibonacci(n: f64): f64 { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }
/** @native */
export function endless(n: f64): f64 { return endless(n + 1) + 1; }
/** @native */
export function first(a: Float64Array): f64 | undefined { return a.length > 0 ? a[0] : undefined; }
/** @native */
export function orElse(a?: Float32Array, other: f32 | null = null): f64 { return a ? a[0]! : (other ?? -1); }
/** @native */
export function sum64(a: i64, b: i64): i64 { return a + b; }
class Bad extends RangeError {
  code: number;
  constructor(code: number) {
    super('code ' + code);
    this.code = code;
  }
}
/** @native */
export function bad(n: i32): void {
  if (n > 2) throw new Bad(n);
}
/** @native */
export function words(text: string): i32 { return text.split(' ').length; }
/** @native */
export async function total(a: Float32Array): Promise<f64> {
  let s = 0;
  for (let i = 0; i < a.length; i++) s += a[i]!;
  return s;
}
/** @native */
export function convert(to: Float64Array, from: Float32Array): void { to.set(from); }
/** @native */
export function same(a: Int32Array, b: Int32Array): boolean { return a === b; }
/** @native */
export function count(list: { x: f64 }[]): i32 { return list.length; }
/** @native */
export function mean(list: readonly number[], weights?: number[]): f64 {
  let [sum, all] = [0, 0];
  for (let i = 0; i < list.length; i++) {
    const weight = weights ? weights[i]! : 1;
    sum += list[i]! * weight;
    all += weight;
  }
  return sum / all;
}
/** @native */
export function evens(n: i32): i32[] {
  const found: i32[] = [];
  for (let i = 0; i < n; i++) if (i % 2 === 0) found.push(i);
  return found;
}
/** @native */
export function anyTrue(flags: boolean[]): boolean[] { return flags.includes(true) ? flags : []; }
/** @native */
export function grow(list: number[], x: f64): void { list.push(x); }
const table = new Float64Array(4).fill(2);
/** @native */
export function looked(i: i32): f64 { return table[i]!; }
/** @extern m: cbrt */
declare function cubeRoot(x: f64): f64;
/** @native */
export function viaC(x: f64): f64 { return cubeRoot(x); }
/** @extern nowhere: missing */
declare function missing(x: f64): f64;
/** @native */
export function viaNothing(x: f64): f64 { return missing(x); }
/** @extern gsl: integrate */
declare function integrate(f: (x: f64) => f64, to: f64): f64;
const square = (x: f64): f64 => x * x;
/** @native */
export function integral(to: f64): f64 { return integrate(square, to); }
/** @native */
export function mapped(n: f64, f: (x: f64) => f64): f64 { return f(n); }
`;
