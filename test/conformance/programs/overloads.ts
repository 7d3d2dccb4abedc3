/** Functions, constructors and methods of several signatures: that of the body takes all of their calls. */

/** @native */
export function areaOf(width: number): number;
export function areaOf(width: number, height: number): number;
export function areaOf(width: number, height?: number): number {
  return width * (height ?? width);
}

function at(list: Float64Array, index: number): number | undefined;
function at(list: Float64Array, index: number, otherwise: number): number;
function at(list: Float64Array, index: number, otherwise?: number): number | undefined {
  return index < list.length ? list[index] : otherwise;
}

/** @native */
export function elementsAt(list: Float64Array, index: number): number {
  const given = at(list, index, -1);
  const found = at(list, index);
  return given * 10 + (found ?? 100);
}

/** Its first signature says less than its body does. */
function least(a: number): number;
function least(a?: number): number | undefined {
  return a !== undefined && a < 0 ? undefined : a;
}

/** @native */
export function toldWrongly(a: number): number {
  return least(a) * 2;
}

class Box {
  readonly content: number;
  constructor(content: number);
  constructor(content: number, more: number);
  constructor(content: number, more?: number) {
    this.content = content + (more ?? -0);
  }
  times(): number;
  times(factor: number): number;
  times(factor?: number): number {
    return this.content * (factor ?? -1);
  }
}

/** @native */
export function boxesOf(a: number, b: number): number {
  return new Box(a).times() + new Box(a, b).times(b);
}

/** @native */
function exportedLater(a: number): number;
function exportedLater(a: number, b?: number): number {
  return b === undefined ? a : a + b;
}
export { exportedLater };

const edges = [0, -0, 1.5, -2, NaN, Infinity, 2 ** 31, 2 ** 53];

export const checked = ['toldWrongly'];
export const cases: readonly (readonly [string, readonly unknown[]])[] = edges.flatMap((a) => [
  ['areaOf', [a]],
  ['areaOf', [a, undefined]],
  ['areaOf', [a, 3]],
  ['elementsAt', [Float64Array.of(a, -0), 0]],
  ['elementsAt', [Float64Array.of(a), 1]],
  ['elementsAt', [new Float64Array(), 0]],
  ['toldWrongly', [a]],
  ['boxesOf', [a, 0.5]],
  ['exportedLater', [a]],
  ['exportedLater', [a, -a]],
]);
