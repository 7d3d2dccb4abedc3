/** Arithmetic of shapes and strides. */
import type { i32 } from '../numbers.ts';

/** How many elements an array of a shape has. */
export function sizeOfShape(shape: readonly number[]): number {
  let size = 1;
  for (const one of shape) size *= one;
  return size;
}

/** The strides of an array whose last axis has its elements one after the other. */
export function rowMajorStrides(shape: readonly number[]): number[] {
  const strides: number[] = [];
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides.push(stride);
    // What has no elements needs no room.
    stride *= Math.max(shape[axis]!, 1);
  }
  return strides.reverse();
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false;
  return true;
}

/**
 * Whether all indices within a shape lead into so many elements. Only what makes the place larger is added to the
 * highest one, and what makes it smaller to the lowest, so that rounding of numbers that are far too large hides nothing.
 * @param more sizes of further axes, then their strides
 */
export function placesFit(
  length: number,
  offset: i32,
  n0: i32,
  n1: i32,
  n2: i32,
  n3: i32,
  s0: i32,
  s1: i32,
  s2: i32,
  s3: i32,
  more: readonly i32[] | null,
): boolean {
  if (n0 < 0 || n1 < 0 || n2 < 0 || n3 < 0) return false;
  let isEmpty = n0 === 0 || n1 === 0 || n2 === 0 || n3 === 0;
  const [d0, d1, d2, d3] = [(n0 - 1) * s0, (n1 - 1) * s1, (n2 - 1) * s2, (n3 - 1) * s3];
  let high: number = offset + Math.max(d0, 0) + Math.max(d1, 0) + Math.max(d2, 0) + Math.max(d3, 0);
  let low: number = offset + Math.min(d0, 0) + Math.min(d1, 0) + Math.min(d2, 0) + Math.min(d3, 0);
  if (more !== null) {
    const count = more.length / 2;
    for (let axis = 0; axis < count; axis++) {
      const size = more[axis]!;
      if (size < 0) return false;
      if (size === 0) isEmpty = true;
      const last = (size - 1) * more[axis + count]!;
      high += Math.max(last, 0);
      low += Math.min(last, 0);
    }
  }
  return isEmpty || (low >= 0 && high < length);
}

/**
 * The strides of a view of another shape that has the same elements in row-major order; fewer than axes where there is
 * no such view. Axes of both shapes are taken together until they come to as many elements; within a group the axes of
 * the old shape must be one behind the other.
 */
export function reshapedStrides(
  shape: readonly number[],
  strides: readonly number[],
  wanted: readonly number[],
): number[] {
  if (sizeOfShape(shape) === 0) return rowMajorStrides(wanted);
  const sizes: number[] = [];
  const steps: number[] = [];
  for (let axis = 0; axis < shape.length; axis++)
    if (shape[axis] !== 1) {
      sizes.push(shape[axis]!);
      steps.push(strides[axis]!);
    }
  const made: number[] = [];
  let from = 0;
  let to = 0;
  while (from < sizes.length) {
    let fromEnd = from + 1;
    let toEnd = to + 1;
    let count = sizes[from]!;
    let wantedCount = wanted[to]!;
    while (count !== wantedCount) {
      if (wantedCount < count) wantedCount *= wanted[toEnd++]!;
      else count *= sizes[fromEnd++]!;
    }
    for (let axis = from; axis < fromEnd - 1; axis++)
      if (steps[axis] !== sizes[axis + 1]! * steps[axis + 1]!) return [];
    const group: number[] = [];
    let stride = steps[fromEnd - 1]!;
    for (let axis = toEnd - 1; axis >= to; axis--) {
      group.push(stride);
      stride *= wanted[axis]!;
    }
    for (const one of group.reverse()) made.push(one);
    from = fromEnd;
    to = toEnd;
  }
  // What is left has one element each.
  while (made.length < wanted.length) made.push(1);
  return made;
}

/** A shape as messages show it. */
const shown = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

/**
 * The shape that two arrays have together, by NumPy's rule: axes count from the last, and an axis that is missing, or of
 * size 1, is what the other one has. RangeError where an axis has two other sizes.
 */
export function commonShape(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  const common: number[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const inA = axis - rank + a.length;
    const inB = axis - rank + b.length;
    const ofA = inA < 0 ? 1 : a[inA]!;
    const ofB = inB < 0 ? 1 : b[inB]!;
    if (ofA !== ofB && ofA !== 1 && ofB !== 1)
      throw new RangeError(
        `arrays of shapes ${shown(a)} and ${shown(b)} do not fit: axis ${axis} has size ${ofA} and size ${ofB}`,
      );
    common.push(ofA === 1 ? ofB : ofA);
  }
  return common;
}

/** Whether there is one: no axis has two other sizes than 1. */
export function haveCommonShape(a: readonly number[], b: readonly number[]): boolean {
  for (let axis = 1; axis <= Math.min(a.length, b.length); axis++) {
    const ofA = a[a.length - axis]!;
    const ofB = b[b.length - axis]!;
    if (ofA !== ofB && ofA !== 1 && ofB !== 1) return false;
  }
  return true;
}

/** Refuses an array of so many elements that an index within its shape would lead out of. */
export function refuseFit(
  length: number,
  offset: i32,
  rank: i32,
  n0: i32,
  n1: i32,
  n2: i32,
  n3: i32,
  s0: i32,
  s1: i32,
  s2: i32,
  s3: i32,
): void {
  const sizes = rank > 3 ? `, ${n2}, ${n3}` : rank > 2 ? `, ${n2}` : '';
  const steps = rank > 3 ? `, ${s2}, ${s3}` : rank > 2 ? `, ${s2}` : '';
  const further = rank > 4 ? ', …' : '';
  const shape = rank < 1 ? '' : rank < 2 ? `${n0}` : `${n0}, ${n1}${sizes}${further}`;
  const strides = rank < 1 ? '' : rank < 2 ? `${s0}` : `${s0}, ${s1}${steps}${further}`;
  throw new RangeError(
    `an array of shape [${shape}], strides [${strides}] and offset ${offset} does not fit ${length} elements`,
  );
}

/** A shape without −1, which stands for what is left of so many elements. */
export function sizesFor(shape: readonly number[], size: number): number[] {
  let known = 1;
  let unknown = -1;
  for (let axis = 0; axis < shape.length; axis++) {
    if (shape[axis] === -1) {
      if (unknown >= 0) throw new RangeError('only one size of a shape can be -1');
      unknown = axis;
    } else known *= shape[axis]!;
  }
  const sizes: number[] = [];
  for (let axis = 0; axis < shape.length; axis++)
    sizes.push(axis === unknown ? (known === 0 ? 0 : size / known) : shape[axis]!);
  return sizes;
}

/** What a border of a slice comes to: at least `first`, at most `last`. */
export function border(index: number, size: number, first: number, last: number): number {
  const whole = Math.trunc(index);
  const counted = whole < 0 ? whole + size : whole;
  return Math.min(Math.max(counted, first), last) + 0;
}
