/** @native */
export function doubled(list: number[], f: (x: number) => number): number[] {
  return list.map(f);
}

/** @native */
export function summed(values: Float64Array, add: (sum: number, x: number) => number): number {
  return values.reduce(add, 0);
}

// A function of native code counts nothing.
const half = (x: number): number => x / 2;

/** @native */
export function halved(list: number[]): number[] {
  return list.map(half);
}

// rewritten:

/** @native */
export function doubled(list: number[], f: (x: number) => number): number[] {
  return list.map((a) => f(a));
}

/** @native */
export function summed(values: Float64Array, add: (sum: number, x: number) => number): number {
  return values.reduce((a, b) => add(a, b), 0);
}
