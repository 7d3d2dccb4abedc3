import { memory, parallel, type f64, type i32, type Pointer } from 'tsnative';

/** @extern m: lgamma */
declare function lgamma(x: f64): f64;

/** @extern threaded: each */
declare function each(f: (x: number[]) => f64): f64;

/** @native */
export function all(values: Float64Array): void {
  parallel.for(values.length, (i: i32) => {
    values[i] = lgamma(values[i]);
  });
}

/** @native */
export function lists(): f64 {
  return each((x) => x[0]);
}

/** @native */
export function read(_address: Pointer): f64 {
  return memory.toLocaleString().length;
}
// rewritten:
import { memory, parallel, type f64, type i32, type Pointer } from 'tsnative';

/** @extern m: lgamma, pure */
declare function lgamma(x: f64): f64;

/** @extern threaded: each */
declare function each(f: (x: Pointer) => f64): f64;

/** @native */
export function all(values: Float64Array): void {
  parallel.for(values.length, (i: i32) => {
    values[i] = lgamma(values[i]);
  });
}

/** @native */
export function lists(): f64 {
  return each((x) => memory.getFloat64(x, 0));
}

/** @native */
export function read(address: Pointer): f64 {
  return memory.getFloat64(address, 0);
}
