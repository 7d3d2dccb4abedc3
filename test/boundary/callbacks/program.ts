import type { i32 } from 'tsnative';

/** @native */
export function walk(n: number, visit: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += visit(i);
  return sum;
}

/** @native */
export function small(give: () => i32): number {
  return give();
}

/** @native */
export function named(give: () => string | null, optional?: (x: number) => boolean): string {
  const text = give();
  return `${text ?? 'null'} ${optional?.(1) === true}`;
}

/** @native */
export function each(a: Float64Array, b: DataView | undefined, visit: (x: number) => void): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    visit(i);
    sum += a[i]!;
  }
  return sum + (b === undefined ? 0 : b.getUint8(0));
}

/** @native */
export function stubborn(a: Uint8Array, visit: () => void): number {
  for (let i = 0; i < 3; i++) {
    try {
      visit();
    } catch {
      a[0]!++;
    }
  }
  return a[0]!;
}

export interface Point {
  x: number;
  y: number;
}

/** @native */
export function total(
  points: readonly Point[],
  label: string,
  weigh: (x: number) => number,
): number {
  let sum = label.length;
  for (const { x } of points) sum += weigh(x);
  for (const { y } of points) sum += y;
  return sum;
}

/** @native */
export function swallow(n: number, f: (i: number) => string): number {
  let caught = 0;
  for (let i = 0; i < n; i++) {
    try {
      if (f(i).length === 0) caught += 2;
    } catch (error) {
      if (error instanceof Error && error.message.length > 0) caught++;
    }
  }
  return caught;
}

/** @native */
export class Emitter {
  #seen = 0;
  constructor(private readonly listener: (value: number) => void) {}
  emit(value: number): number {
    this.#seen++;
    this.listener(value);
    return this.#seen;
  }
}
