/** Parallel loops that take long enough to be shared between threads. */
import { parallel } from 'tsnative';
import type { i32 } from 'tsnative';

/** @native */
export function mandelbrot(out: Uint8Array, width: number, height: number): void {
  parallel.for(height, (y) => {
    for (let x = 0; x < width; x++) {
      const [cx, cy] = [(x / width) * 3 - 2, (y / height) * 2 - 1];
      let [a, b, n] = [0, 0, 0];
      while (n < 255 && a * a + b * b < 4) {
        const next = a * a - b * b + cx;
        b = 2 * a * b + cy;
        a = next;
        n++;
      }
      out[y * width + x] = n;
    }
  });
}

/** @native */
export function sums(n: number): number {
  return parallel.sum(n, (i) => Math.sqrt(i) / (i + 1));
}

/** @native */
export function mixed(n: number): number {
  return parallel.reduce(
    n,
    1,
    (i) => (i * 7919) % 1009,
    (a, b) => (a * 31 + b) % 1000003,
  );
}

/** @native */
export function triangular(out: Float64Array): void {
  const n = out.length;
  parallel.for(n, (i: i32) => {
    let sum = 0;
    for (let j = 0; j < i; j++) sum += 1 / (1 + i + j);
    out[i] = sum;
  });
}

/** @native */
export function nested(out: Float64Array, height: number, width: number): number {
  parallel.for(height, (y) => {
    const scale = parallel.sum(width, (x) => Math.sqrt(x + y));
    parallel.for(width, (x) => {
      out[y * width + x] = scale + x;
    });
  });
  return parallel.sum(out.length, (i) => out[i]);
}

/** @native */
export function mapped(a: Float64Array): Float64Array {
  return parallel.map(a, (x, i) => Math.sqrt(x) + i);
}

/**
 * Fails from an iteration on; those in front of it are done.
 * @native
 */
export function failing(out: Float64Array, from: number): void {
  parallel.for(out.length, (i) => {
    let sum = 0;
    for (let k = 0; k < 200; k++) sum += Math.sqrt(i + k);
    if (i >= from) throw new RangeError(`number ${i} fails`);
    out[i] = sum;
  });
}

function deep(n: number): number {
  return n <= 0 ? 0 : 1 + deep(n - 1) * 0.5 + deep(n - 2) * 0;
}

/** @native */
export function overflowing(n: number): number {
  return parallel.sum(n, (i) => (i > 100 ? endless(i) : deep(12)));
}

function endless(n: number): number {
  return 1 + endless(n + 1) * 0.5;
}

/** @native */
export function rounded(out: Float64Array, n: number, up: number): void {
  parallel.for(n, (i) => {
    out[i + up - out.length] = out[i + up - out.length] * 0.5 + i;
  });
}

/** @native */
export function summedTo(out: Float64Array, n: number, up: number, down: number): void {
  parallel.for(n, (i) => {
    out[i + up - down] = out[i + up - down] * 0.5 + i;
  });
}

/** @native */
export function shifted(out: Float64Array, a: Float64Array): void {
  parallel.for(a.length, (i) => {
    out[i] = a[i] * 0.5 + 1;
  });
}

/** @native */
export function sorted(out: Float64Array): void {
  parallel.for(out.length, (i) => {
    const own = new Float64Array(8);
    for (let k = 0; k < own.length; k++) own[k] = (i * 7 + k * 5) % 11;
    for (let k = 1; k < own.length; k++)
      for (let j = k; j > 0 && own[j - 1] > own[j]; j--)
        [own[j - 1], own[j]] = [own[j], own[j - 1]];
    if (i === 1e9) throw new Error('never');
    out[i] = own[3];
  });
}

const made = new Float64Array(2000);

/** @native */
export function intoConstant(k: number): number {
  parallel.for(made.length, (i) => {
    made[i] = made[i] * k + i;
  });
  return parallel.sum(made.length, (i) => made[i]);
}

/** @native */
export function ofOwnArray(n: number): number {
  const own = new Float64Array(n);
  parallel.for(n, (i) => {
    own[i] = Math.sqrt(i);
  });
  const part = own.subarray(1);
  parallel.for(part.length, (i) => {
    part[i] += 1;
  });
  return parallel.sum(n, (i) => own[i]);
}

/** @native */
export function prefixes(a: Float64Array): Float64Array {
  return parallel.scan(a, (x, y) => Math.sqrt(x * x + y));
}

/** @native */
export function prefixesOf(n: number, from: number): Float64Array {
  return parallel.scan(
    n,
    (i) => {
      if (i >= from) throw new RangeError(`number ${i} fails`);
      return Math.sqrt(i);
    },
    (x, y) => x * 0.75 + y,
  );
}

/** @native */
export function inOrder(a: Float64Array): Float64Array {
  return parallel.sort(a);
}

/** Elements of one remainder keep their order. */
/** @native */
export function byRemainder(a: Float64Array, k: number): void {
  parallel.sort(a, (x, y) => (x % k) - (y % k));
}

/** @native */
export function failingSort(a: Float64Array, limit: number): void {
  parallel.sort(a, (x, y) => {
    if (x > limit && y > limit) throw new RangeError(`${x} beside ${y}`);
    return x - y;
  });
}

const totals = new Int32Array(16);

/** @native */
export function intoTotals(n: number): number {
  parallel.for(n, (i) => {
    Atomics.add(totals, i % 16, i);
    Atomics.sub(totals, (i * 7) % 16, 3);
  });
  let hash = 0;
  for (const one of totals) hash = (Math.imul(hash, 31) + one) | 0;
  return hash;
}

/** @native */
export function histogram(counts: Uint8Array, values: Float64Array): void {
  parallel.for(values.length, (i) => {
    Atomics.add(counts, values[i] & 63, 1);
  });
}

/** @native */
export function ownParts(n: number, width: number): Float64Array {
  const all = new Float64Array(n * width);
  parallel.for(n, (i) => {
    const part = all.subarray(i * width, (i + 1) * width);
    for (let x = 0; x < part.length; x++) part[x] = (x > 0 ? part[x - 1] : i) * 0.5 + x;
  });
  return all;
}

function sortPart(a: Float64Array, room: Float64Array, limit: number): void {
  if (a.length < 2) {
    if (a.length > 0 && a[0] > limit) throw new RangeError(`${a[0]} is too large`);
    return;
  }
  const middle = a.length >> 1;
  const [left, right] = [a.subarray(0, middle), a.subarray(middle)];
  const [leftRoom, rightRoom] = [room.subarray(0, middle), room.subarray(middle)];
  parallel.invoke(
    () => sortPart(left, leftRoom, limit),
    () => sortPart(right, rightRoom, limit),
  );
  room.set(a);
  let [i, j] = [0, middle];
  for (let at = 0; at < a.length; at++) {
    const takesLeft = i < middle && (j >= a.length || room[i] <= room[j]);
    a[at] = takesLeft ? room[i++] : room[j++];
  }
}

/** @native */
export function sortedByHalves(a: Float64Array, limit: number): Float64Array {
  const copy = a.slice();
  sortPart(copy, a.slice(), limit);
  return copy;
}
