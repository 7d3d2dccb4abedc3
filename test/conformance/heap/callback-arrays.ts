/** Typed arrays that native code passes to functions of JavaScript: those that came from there, parts of them, and its own. */
import type { f64, i32 } from 'tsnative';

/** @native */
export function rows(
  all: Float64Array,
  width: i32,
  use: (row: Float64Array, index: i32) => f64,
): f64 {
  let sum = 0;
  for (let at = 0; at < all.length; at += width) sum += use(all.subarray(at, at + width), at);
  return all.length > 0 ? sum + all[0]! : sum;
}

/** @native */
export function whole(bytes: Uint8Array, use: (bytes: Uint8Array) => boolean): f64 {
  let sum = 0;
  for (let i = 0; i < bytes.length; i++) if (use(bytes)) sum += bytes[i]!;
  return sum;
}

/** @native */
export function own(
  n: i32,
  use: (made: Float64Array, same: Float64Array | null) => f64,
): Float64Array {
  const made = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    made[i] = i;
    made[i] = use(made, i % 2 === 0 ? made : null) + made[0]!;
  }
  return made;
}

/** @native */
export function apart(n: i32, use: (part: Int32Array) => void): f64 {
  const made = new Int32Array(n * 2);
  for (let i = 0; i < n; i++) use(made.subarray(i, i + 2));
  let sum = 0;
  for (let i = 0; i < made.length; i++) sum = sum * 3 + made[i]!;
  return sum;
}

/** @native */
export function many(n: i32, use: (made: Uint16Array) => f64): f64 {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const made = new Uint16Array(2);
    made[0] = i;
    sum += use(made) - made[1]!;
  }
  return sum;
}

/** @native */
export function data(view: DataView, use: (view: DataView, at: f64) => void): f64 {
  use(view, 1);
  return view.getUint8(1);
}

interface Image {
  width: i32;
  data: Uint8Array;
}

/** @native */
export function inside(image: Image, use: (data: Uint8Array, width: i32) => f64): f64 {
  return use(image.data, image.width) + image.data[0]!;
}

/** @native */
export function sorted(
  lists: Float64Array[],
  compare: (a: Float64Array, b: Float64Array) => f64,
): f64 {
  let best = 0;
  for (let i = 1; i < lists.length; i++) if (compare(lists[i]!, lists[best]!) < 0) best = i;
  return best;
}

/** @native */
export function kept(n: i32, use: (made: Float64Array) => void): f64 {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const made = new Float64Array(1);
    made[0] = i;
    use(made);
    sum += made[0]!;
  }
  return sum;
}

const all = Float64Array.of(1, -0, NaN, 4, 5, 6, 7);
const seen: unknown[] = [];

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ['rows', [all, 3, (row: Float64Array, at: number) => row.length + at]],
  ['rows', [all, 1, (row: Float64Array) => (row[0] = 2)]],
  ['rows', [all, 2, (row: Float64Array) => new Float64Array(row.buffer).fill(3)[0]!]],
  ['rows', [new Float64Array(0), 2, () => 1]],
  ['whole', [Uint8Array.of(1, 2, 3), (bytes: Uint8Array) => (bytes[2] = 9) > 0]],
  [
    'own',
    [5, (made: Float64Array, same: Float64Array | null) => made.length + (same === made ? 0.5 : 0)],
  ],
  ['own', [0, () => 1]],
  ['own', [3, (made: Float64Array) => (made[0] = made[0]! + 10)]],
  ['apart', [4, (part: Int32Array) => void (part[1] = part[0]! + part.byteOffset)]],
  ['many', [50, (made: Uint16Array) => (made[1] = made[0]! * 2)]],
  [
    'data',
    [new DataView(new ArrayBuffer(4)), (view: DataView, at: number) => view.setUint8(at, 7)],
  ],
  [
    'inside',
    [{ width: 2, data: Uint8Array.of(1, 2) }, (bytes: Uint8Array, w: number) => (bytes[0] = w)],
  ],
  [
    'sorted',
    [
      [Float64Array.of(3), Float64Array.of(1), Float64Array.of(2)],
      (a: Float64Array, b: Float64Array) => a[0]! - b[0]!,
    ],
  ],
  ['kept', [4, (made: Float64Array) => void seen.push(made)]],
  [
    'whole',
    [
      Uint8Array.of(1),
      () => {
        throw new RangeError('out');
      },
    ],
  ],
];
