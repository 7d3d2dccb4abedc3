/** Functions beside each other: on arrays that are apart or not, within each other, with errors in order. */
import { parallel } from 'tsnative';

function sumOf(a: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]!;
  return sum;
}

function fillWith(a: Float64Array, from: number, step: number): void {
  for (let i = 0; i < a.length; i++) a[i] = from + i * step;
}

/** @native */
export function results(a: Float64Array, b: Float64Array): number {
  const found = new Float64Array(3);
  parallel.invoke(
    () => {
      found[0] = sumOf(a);
    },
    () => {
      found[1] = sumOf(b);
    },
    () => {
      let most = -Infinity;
      for (const one of a) if (one > most) most = one;
      found[2] = most;
    },
  );
  return found[0]! * 2 + found[1]! * 3 + found[2]!;
}

/** Arrays that share memory are written in order. */
/** @native */
export function both(a: Float64Array, b: Float64Array): void {
  parallel.invoke(
    () => fillWith(a, 1, 0.5),
    () => fillWith(b, -1, 2),
  );
}

/** @native */
export function sortHalves(a: Float64Array): Float64Array {
  mergeSort(a, a.slice());
  return a;
}

function mergeSort(a: Float64Array, room: Float64Array): void {
  if (a.length < 8) {
    for (let i = 1; i < a.length; i++) {
      const one = a[i]!;
      let at = i;
      for (; at > 0 && a[at - 1]! > one; at--) a[at] = a[at - 1]!;
      a[at] = one;
    }
    return;
  }
  const middle = a.length >> 1;
  const [left, right] = [a.subarray(0, middle), a.subarray(middle)];
  const [leftRoom, rightRoom] = [room.subarray(0, middle), room.subarray(middle)];
  parallel.invoke(
    () => mergeSort(left, leftRoom),
    () => mergeSort(right, rightRoom),
  );
  room.set(a);
  let i = 0;
  let j = middle;
  for (let at = 0; at < a.length; at++) {
    const takesLeft = i < middle && (j >= a.length || room[i]! <= room[j]!);
    a[at] = takesLeft ? room[i++]! : room[j++]!;
  }
}

/** @native */
export function loopsInside(a: Float64Array, b: Float64Array, k: number): number {
  const found = new Float64Array(2);
  parallel.invoke(
    () => {
      parallel.for(a.length, (i) => {
        a[i] = a[i]! * k;
      });
      found[0] = parallel.sum(a.length, (i) => a[i]!);
    },
    () => {
      b.fill(k);
      b.reverse();
      found[1] = b.length;
    },
  );
  return found[0]! + found[1]!;
}

/** @native */
export function failing(out: Float64Array, first: number, second: number): void {
  parallel.invoke(
    () => {
      if (first > 0) throw new RangeError(`the first: ${first}`);
      out[0] = 1;
    },
    () => {
      if (second > 0) throw new TypeError(`the second: ${second}`);
      out[1] = 2;
    },
  );
}

/** @native */
export function caughtFirst(first: number, second: number): string {
  try {
    parallel.invoke(
      () => {
        if (first > 0) throw new RangeError(`the first: ${first}`);
      },
      () => {
        if (second > 0) throw new TypeError(`the second: ${second}`);
      },
    );
    return 'none';
  } catch (error) {
    return (error as Error).message;
  }
}

/** @native */
export function none(n: number): number {
  parallel.invoke();
  const out = new Float64Array(1);
  let k = n;
  k += 1;
  const add = (x: number): number => x + k;
  parallel.invoke(() => {
    out[0] = add(n);
  });
  return out[0]!;
}

const ramp = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => i * 1.25 - 3);
const noise = (n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => (Math.imul(i + 1, 0x9e3779b1) >> 8) / 256);
const overlapping = (offset: number): [Float64Array, Float64Array] => {
  const { buffer } = ramp(40);
  return [new Float64Array(buffer, 8 * offset, 20), new Float64Array(buffer, 0, 20)];
};

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ['results', [ramp(100), ramp(7)]],
  ['results', [ramp(0), ramp(0)]],
  ['both', [ramp(10), ramp(20)]],
  ...[0, 1, 19, 20].map((offset) => ['both', overlapping(offset)] as const),
  ...[0, 1, 7, 8, 9, 100, 1000].map((n) => ['sortHalves', [noise(n)]] as const),
  ['loopsInside', [ramp(50), ramp(9), 0.5]],
  ...[0, 3, 20].map((offset) => ['loopsInside', [...overlapping(offset), 2]] as const),
  ['failing', [ramp(2), 1, 2]],
  ['failing', [ramp(2), 0, 2]],
  ['failing', [ramp(2), 0, 0]],
  ['caughtFirst', [1, 2]],
  ['caughtFirst', [0, 2]],
  ['caughtFirst', [0, 0]],
  ['none', [5]],
];
