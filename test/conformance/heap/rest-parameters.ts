/** Parameters that take all further arguments. */

function total(start: number, ...values: number[]): number {
  let sum = start;
  for (let i = 0; i < values.length; i++) sum += (values[i] ?? 0) * (i + 1);
  return sum;
}

function clear(value: number, ...arrays: Float64Array[]): number {
  for (const array of arrays) array.fill(value);
  return arrays.length;
}

function joined(separator: string, ...parts: string[]): string {
  parts.push('end');
  return parts.join(separator);
}

class Sum {
  value = 0;
  constructor(...start: number[]) {
    for (const one of start) this.value += one;
  }
  add(...more: number[]): number {
    for (const one of more) this.value += one;
    return more.length;
  }
  static of(factor: number, ...values: number[]): number {
    return values.reduce((sum, value) => sum + factor * value, 0);
  }
}

/** @native */
export function sums(x: number): number[] {
  const sum = new Sum(x, 1);
  const added = sum.add(2, x, -0);
  return [
    total(x),
    total(x, 1),
    total(x, 1, 2, x),
    sum.value,
    added,
    new Sum().add(),
    Sum.of(2, x, 3),
  ];
}

/** @native */
export function arrays(a: Float64Array, b: Float64Array): number {
  return clear(-0, a, b, a) + clear(1) + clear(7, b);
}

/** @native */
export function texts(a: string, b: string): string[] {
  return [joined('-'), joined(a), joined('-', a, b), joined(b, a, a, a)];
}

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ...[0, -0, NaN, 2 ** 53, 1.5].map((x) => ['sums', [x]] as const),
  ['arrays', [new Float64Array(3), new Float64Array([1, 2])]],
  ['arrays', [new Float64Array(0), new Float64Array([NaN])]],
  ['texts', ['', 'x']],
  ['texts', ['é', '€']],
];
