import { parallel } from 'tsnative';

function put(to: Float64Array, i: number): void {
  to[i] = i;
}

/** @native */
export function total(a: Float64Array): number {
  let sum = 0;
  parallel.for(a.length, (i) => {
    sum += a[i];
  });
  return sum;
}

/** @native */
export function smooth(a: Float64Array): void {
  parallel.for(a.length, (i) => {
    a[i] = (a[i] + a[i + 1]) / 2;
  });
}

/** @native */
export function stripes(out: Float64Array, height: number, width: number): void {
  parallel.for(height, (y) => {
    for (let x = 0; x <= width; x++) out[y * width + x] = y;
  });
}

/** @native */
export function places(out: Float64Array): void {
  parallel.for(out.length, (i) => {
    out[i] = out.indexOf(i);
  });
}

/** @native */
export function filled(all: Float64Array): void {
  parallel.for(all.length, (i) => {
    const same = all;
    same[i] = i;
  });
}

/** @native */
export function called(out: Float64Array): void {
  parallel.for(out.length, (i) => {
    put(out, i);
  });
}

/** @native */
export function lengths(out: Float64Array, words: string[]): void {
  parallel.for(words.length, (i) => {
    out[i] = words[i].length;
  });
}

/** @native */
export function numbered(next: Int32Array, out: Float64Array): void {
  parallel.for(out.length, (i) => {
    out[i] = Atomics.add(next, 0, 1);
  });
}

/** @native */
export function overlappingParts(out: Float64Array, width: number): void {
  parallel.for(out.length / width, (i) => {
    const part = out.subarray(i * width, (i + 2) * width);
    for (let x = 0; x < part.length; x++) part[x] = i;
  });
}

/** @native */
export function twoSums(a: Float64Array, b: Float64Array): number {
  let first = 0;
  let second = 0;
  parallel.invoke(
    () => {
      first = parallel.sum(a.length, (i) => a[i]);
    },
    () => {
      second = parallel.sum(b.length, (i) => b[i]);
    },
  );
  return first + second;
}

/** @native */
export function twoHalves(out: Float64Array): void {
  const middle = out.length >> 1;
  parallel.invoke(
    () => {
      for (let i = 0; i < middle; i++) out[i] = 1;
    },
    () => {
      for (let i = middle; i < out.length; i++) out[i] = 2;
    },
  );
}
// rewritten:
import { parallel } from 'tsnative';

function put(i: number): number {
  return i;
}

/** @native */
export function total(a: Float64Array): number {
  return parallel.sum(a.length, (i) => a[i]);
}

/** @native */
export function smooth(a: Float64Array): void {
  const from = a.slice();
  parallel.for(a.length, (i) => {
    a[i] = (from[i] + from[i + 1]) / 2;
  });
}

/** @native */
export function stripes(out: Float64Array, height: number, width: number): void {
  parallel.for(height, (y) => {
    for (let x = 0; x < width; x++) out[y * width + x] = y;
  });
}

/** @native */
export function places(out: Float64Array): void {
  const before = out.slice();
  parallel.for(out.length, (i) => {
    out[i] = before.indexOf(i);
  });
}

/** @native */
export function filled(all: Float64Array): void {
  parallel.for(all.length, (i) => {
    all[i] = i;
  });
}

/** @native */
export function called(out: Float64Array): void {
  parallel.for(out.length, (i) => {
    out[i] = put(i);
  });
}

/** @native */
export function lengths(out: Float64Array, words: string[]): void {
  const all = new Float64Array(words.length);
  for (let i = 0; i < words.length; i++) all[i] = words[i].length;
  parallel.for(all.length, (i) => {
    out[i] = all[i];
  });
}

/** @native */
export function numbered(next: Int32Array, out: Float64Array): void {
  parallel.for(out.length, (i) => {
    Atomics.add(next, i & 7, 1);
    out[i] = i;
  });
}

/** @native */
export function overlappingParts(out: Float64Array, width: number): void {
  parallel.for(out.length / width, (i) => {
    const part = out.subarray(i * width, (i + 1) * width);
    for (let x = 0; x < part.length; x++) part[x] = i;
  });
}

/** @native */
export function twoSums(a: Float64Array, b: Float64Array): number {
  const found = new Float64Array(2);
  parallel.invoke(
    () => {
      found[0] = parallel.sum(a.length, (i) => a[i]);
    },
    () => {
      found[1] = parallel.sum(b.length, (i) => b[i]);
    },
  );
  return found[0] + found[1];
}

/** @native */
export function twoHalves(out: Float64Array): void {
  const middle = out.length >> 1;
  const first = out.subarray(0, middle);
  const second = out.subarray(middle);
  parallel.invoke(
    () => {
      for (let i = 0; i < first.length; i++) first[i] = 1;
    },
    () => {
      for (let i = 0; i < second.length; i++) second[i] = 2;
    },
  );
}
