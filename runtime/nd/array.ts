/**
 * Arrays of any dimension over a typed array: a shape, how far apart neighbours of each axis are (strides), and where
 * the first element is. Written in the language itself, so the same methods are JavaScript and native code. What the
 * first four axes need are numbers of the object, which native code keeps in registers; what further axes need is a
 * list.
 */
import type { i32 } from '../numbers.ts';
import type { Elements } from './elements.ts';
import { load, newLike, place0, place1, place2, place3, place4, store } from './intrinsics.ts';
import { placesFit, reshapedStrides, rowMajorStrides, sameShape, sizeOfShape } from './shapes.ts';

/**
 * An array of any dimension: a view of a typed array, which many may share. Its shape never changes; its elements do.
 * Made by `ndarray`, `columnMajor` and by views of others.
 *
 * Indices are whole numbers from 0 to below the size of their axis; others are a RangeError that names the axis.
 */
export class NdArray<A extends Elements = Float64Array> {
  /** The elements, which views share. */
  readonly data: A;
  /** Where in `data` the element is whose indices are all 0. */
  readonly offset: i32;
  /** How many axes there are. */
  readonly rank: i32;
  /** The sizes of the first four axes, or 1. */
  readonly n0: i32;
  readonly n1: i32;
  readonly n2: i32;
  readonly n3: i32;
  /** Their strides, in elements, or 0. */
  readonly s0: i32;
  readonly s1: i32;
  readonly s2: i32;
  readonly s3: i32;
  /** The sizes of further axes, then their strides; null where there are none. */
  readonly more: readonly i32[] | null;

  /** For the functions of this module: use `ndarray`. RangeError where an index within the shape leads out of `data`. */
  constructor(
    data: A,
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
    more: readonly i32[] | null,
  ) {
    this.data = data;
    this.offset = offset;
    this.rank = rank;
    this.n0 = n0;
    this.n1 = n1;
    this.n2 = n2;
    this.n3 = n3;
    this.s0 = s0;
    this.s1 = s1;
    this.s2 = s2;
    this.s3 = s3;
    this.more = more;
    if (!placesFit(data.length, offset, n0, n1, n2, n3, s0, s1, s2, s3, more))
      throw new RangeError(
        `an array of this shape and offset does not fit ${data.length} elements`,
      );
  }

  /** The size of each axis. */
  get shape(): number[] {
    const shape: number[] = [];
    for (let axis = 0; axis < this.rank; axis++) shape.push(this.sizeOf(axis));
    return shape;
  }

  /** For each axis how far apart neighbours are in `data`, in elements: below 0 where it runs backwards. */
  get strides(): number[] {
    const strides: number[] = [];
    for (let axis = 0; axis < this.rank; axis++) strides.push(this.strideOf(axis));
    return strides;
  }

  /** How many elements there are: the product of the shape; 1 without axes. */
  get size(): number {
    let size = this.n0 * this.n1 * this.n2 * this.n3;
    for (let axis = 4; axis < this.rank; axis++) size *= this.sizeOf(axis);
    return size;
  }

  /** The size of an axis: `shape[axis]`. RangeError for an axis that isn't there. */
  sizeOf(axis: number): number {
    if (axis === 0) return this.size0();
    if (axis === 1) return this.size1();
    if (axis === 2) return this.size2();
    if (axis === 3) return this.size3();
    return this.further(axis, 0);
  }

  /** The stride of an axis: `strides[axis]`. RangeError for an axis that isn't there. */
  strideOf(axis: number): number {
    if (axis === 0) return this.stride0();
    if (axis === 1) return this.stride1();
    if (axis === 2) return this.stride2();
    if (axis === 3) return this.stride3();
    return this.further(axis, 1);
  }

  /** `shape[0]`. */
  size0(): number {
    if (this.rank < 1) this.noAxis(0);
    return this.n0;
  }

  /** `strides[0]`. */
  stride0(): number {
    if (this.rank < 1) this.noAxis(0);
    return this.s0;
  }

  /** `shape[1]`. */
  size1(): number {
    if (this.rank < 2) this.noAxis(1);
    return this.n1;
  }

  /** `strides[1]`. */
  stride1(): number {
    if (this.rank < 2) this.noAxis(1);
    return this.s1;
  }

  /** `shape[2]`. */
  size2(): number {
    if (this.rank < 3) this.noAxis(2);
    return this.n2;
  }

  /** `strides[2]`. */
  stride2(): number {
    if (this.rank < 3) this.noAxis(2);
    return this.s2;
  }

  /** `shape[3]`. */
  size3(): number {
    if (this.rank < 4) this.noAxis(3);
    return this.n3;
  }

  /** `strides[3]`. */
  stride3(): number {
    if (this.rank < 4) this.noAxis(3);
    return this.s3;
  }

  private noAxis(axis: number): void {
    throw new RangeError(`axis ${axis} is outside an array with ${this.rank} axes`);
  }

  /** @param part 0 for the size of an axis behind the fourth, 1 for its stride */
  private further(axis: number, part: number): number {
    const more = this.more;
    if (more === null || !(axis >= 4 && axis < this.rank && Math.floor(axis) === axis)) {
      this.noAxis(axis);
      return 0;
    }
    return more[axis - 4 + part * (this.rank - 4)]!;
  }

  /** `get` of an array with 0 axes. */
  get0(): A[number] {
    if (this.rank !== 0) this.wrongCount(0);
    return load(this.data, place0(this.offset));
  }

  /** `get` of an array with one axis. */
  get1(i: number): A[number] {
    if (this.rank !== 1) this.wrongCount(1);
    return load(this.data, place1(this.offset, i, this.n0, this.s0));
  }

  /** `get` of an array with 2 axes. */
  get2(i: number, j: number): A[number] {
    if (this.rank !== 2) this.wrongCount(2);
    return load(this.data, place2(this.offset, i, this.n0, this.s0, j, this.n1, this.s1));
  }

  /** `get` of an array with 3 axes. */
  get3(i: number, j: number, k: number): A[number] {
    if (this.rank !== 3) this.wrongCount(3);
    return load(
      this.data,
      place3(this.offset, i, this.n0, this.s0, j, this.n1, this.s1, k, this.n2, this.s2),
    );
  }

  /** `get` of an array with 4 axes. */
  get4(i: number, j: number, k: number, l: number): A[number] {
    if (this.rank !== 4) this.wrongCount(4);
    return load(
      this.data,
      place4(
        this.offset,
        i,
        this.n0,
        this.s0,
        j,
        this.n1,
        this.s1,
        k,
        this.n2,
        this.s2,
        l,
        this.n3,
        this.s3,
      ),
    );
  }

  /** `set` of an array with 0 axes. */
  set0(value: A[number]): void {
    if (this.rank !== 0) this.wrongCount(0);
    store(this.data, place0(this.offset), value);
  }

  /** `set` of an array with one axis. */
  set1(i: number, value: A[number]): void {
    if (this.rank !== 1) this.wrongCount(1);
    store(this.data, place1(this.offset, i, this.n0, this.s0), value);
  }

  /** `set` of an array with 2 axes. */
  set2(i: number, j: number, value: A[number]): void {
    if (this.rank !== 2) this.wrongCount(2);
    store(this.data, place2(this.offset, i, this.n0, this.s0, j, this.n1, this.s1), value);
  }

  /** `set` of an array with 3 axes. */
  set3(i: number, j: number, k: number, value: A[number]): void {
    if (this.rank !== 3) this.wrongCount(3);
    store(
      this.data,
      place3(this.offset, i, this.n0, this.s0, j, this.n1, this.s1, k, this.n2, this.s2),
      value,
    );
  }

  /** `set` of an array with 4 axes. */
  set4(i: number, j: number, k: number, l: number, value: A[number]): void {
    if (this.rank !== 4) this.wrongCount(4);
    store(
      this.data,
      place4(
        this.offset,
        i,
        this.n0,
        this.s0,
        j,
        this.n1,
        this.s1,
        k,
        this.n2,
        this.s2,
        l,
        this.n3,
        this.s3,
      ),
      value,
    );
  }

  /** The place of the element at these indices, one for each axis, however many there are. */
  placeOf(indices: readonly number[]): number {
    if (this.rank !== indices.length) this.wrongCount(indices.length);
    let place: number = this.offset;
    for (let axis = 0; axis < this.rank; axis++) {
      const index = indices[axis]!;
      const size = this.sizeOf(axis);
      if (!(index >= 0 && index < size && Math.floor(index) === index))
        throw new RangeError(`index ${index} is outside axis ${axis} of size ${size}`);
      place += index * this.strideOf(axis);
    }
    return place;
  }

  /** `get` of an array with any number of axes. */
  getAll(indices: readonly number[]): A[number] {
    return load(this.data, this.placeOf(indices));
  }

  /** `set` of an array with any number of axes. */
  setAll(indices: readonly number[], value: A[number]): void {
    store(this.data, this.placeOf(indices), value);
  }

  /** `at` of an array with any number of axes: indices below 0 count from the end of their axis. */
  atAll(indices: readonly number[]): A[number] {
    if (this.rank !== indices.length) this.wrongCount(indices.length);
    const counted: number[] = [];
    for (let axis = 0; axis < this.rank; axis++) {
      const index = indices[axis]!;
      const size = this.sizeOf(axis);
      counted.push(index < 0 && index >= -size ? index + size : index);
    }
    return load(this.data, this.placeOf(counted));
  }

  private wrongCount(count: number): void {
    throw new RangeError(`${count} indices for an array with ${this.rank} axes`);
  }

  /** The element at these indices, one for each axis. RangeError for an index outside, or another number of them. */
  get(...indices: number[]): A[number];
  get(i?: number, j?: number, k?: number, l?: number, ...further: number[]): A[number] {
    // By the number of arguments: V8 then makes no array of them.
    switch (arguments.length) {
      case 0:
        return this.get0();
      case 1:
        return this.get1(i!);
      case 2:
        return this.get2(i!, j!);
      case 3:
        return this.get3(i!, j!, k!);
      case 4:
        return this.get4(i!, j!, k!, l!);
      default:
        return this.getAll([i!, j!, k!, l!, ...further]);
    }
  }

  /** Sets the element at these indices: the value comes last, as in `set(i, j, value)`. Errors as of `get`. */
  set(...indicesAndValue: [...indices: number[], value: A[number]]): void;
  set(
    a?: number | A[number],
    b?: number | A[number],
    c?: number | A[number],
    d?: number | A[number],
    e?: number | A[number],
    ...further: (number | A[number])[]
  ): void {
    const [i, j, k, l] = [a as number, b as number, c as number, d as number];
    switch (arguments.length) {
      case 1:
        return this.set0(a!);
      case 2:
        return this.set1(i, b!);
      case 3:
        return this.set2(i, j, c!);
      case 4:
        return this.set3(i, j, k, d!);
      case 5:
        return this.set4(i, j, k, l, e!);
      default: {
        const value = further.pop()!;
        return this.setAll([i, j, k, l, e as number, ...(further as number[])], value);
      }
    }
  }

  /** As `get`, but indices below 0 count from the end of their axis. */
  at(...indices: number[]): A[number] {
    return this.atAll(indices);
  }

  /**
   * A view of a part of an axis: every `step`-th index from `from` on, to before `to`. Below 0, both count from the end;
   * what is outside is cut off. With a step below 0 the axis runs backwards, from its end where `from` is left out.
   * RangeError for a step of 0, and for an axis that isn't there.
   */
  slice(axis: number, from?: number, to?: number, step: number = 1): NdArray<A> {
    const size = this.sizeOf(axis);
    if (!(step !== 0 && Math.floor(step) === step))
      throw new RangeError(`a step of a slice is a whole number other than 0, not ${step}`);
    const last = step > 0 ? size : size - 1;
    const first = step > 0 ? 0 : -1;
    const start = from === undefined ? (step > 0 ? 0 : last) : border(from, size, first, last);
    const end = to === undefined ? (step > 0 ? size : -1) : border(to, size, first, last);
    const count = Math.max(Math.ceil((end - start) / step), 0);
    const stride = this.strideOf(axis);
    const offset = count === 0 ? this.offset : this.offset + start * stride;
    return this.withAxis(axis, count, count > 1 ? stride * step : stride, offset);
  }

  /** The same view with another size and stride of an axis. */
  private withAxis(axis: number, size: number, stride: number, offset: number): NdArray<A> {
    if (this.more !== null) {
      const shape = this.shape;
      const strides = this.strides;
      shape[axis] = size;
      strides[axis] = stride;
      return viewOf(this.data, shape, strides, offset);
    }
    return new NdArray(
      this.data,
      offset,
      this.rank,
      axis === 0 ? size : this.n0,
      axis === 1 ? size : this.n1,
      axis === 2 ? size : this.n2,
      axis === 3 ? size : this.n3,
      axis === 0 ? stride : this.s0,
      axis === 1 ? stride : this.s1,
      axis === 2 ? stride : this.s2,
      axis === 3 ? stride : this.s3,
      null,
    );
  }

  /** A view without an axis: what is there at one index of it. RangeError for an index or axis that isn't there. */
  pick(axis: number, index: number): NdArray<A> {
    const size = this.sizeOf(axis);
    if (!(index >= 0 && index < size && Math.floor(index) === index))
      throw new RangeError(`index ${index} is outside axis ${axis} of size ${size}`);
    const offset = this.offset + index * this.strideOf(axis);
    if (this.more !== null) {
      const shape = this.shape;
      const strides = this.strides;
      shape.splice(axis, 1);
      strides.splice(axis, 1);
      return viewOf(this.data, shape, strides, offset);
    }
    return new NdArray(
      this.data,
      offset,
      this.rank - 1,
      axis > 0 ? this.n0 : this.n1,
      axis > 1 ? this.n1 : this.n2,
      axis > 2 ? this.n2 : this.n3,
      1,
      axis > 0 ? this.s0 : this.s1,
      axis > 1 ? this.s1 : this.s2,
      axis > 2 ? this.s2 : this.s3,
      0,
      null,
    );
  }

  /**
   * A view with the axes in another order: the first of `axes` names the one that comes first. Without it they are
   * reversed. RangeError where `axes` doesn't name each axis once.
   */
  transpose(axes?: readonly number[]): NdArray<A> {
    const rank = this.rank;
    if (axes === undefined && rank === 2)
      return new NdArray<A>(
        this.data,
        this.offset,
        rank,
        this.n1,
        this.n0,
        1,
        1,
        this.s1,
        this.s0,
        0,
        0,
        null,
      );
    const shape: number[] = [];
    const strides: number[] = [];
    if (axes === undefined)
      for (let axis = rank - 1; axis >= 0; axis--) {
        shape.push(this.sizeOf(axis));
        strides.push(this.strideOf(axis));
      }
    else {
      if (axes.length !== rank)
        throw new RangeError(`${axes.length} axes for an array with ${rank} axes`);
      for (let at = 0; at < rank; at++) {
        const axis = axes[at]!;
        if (axes.indexOf(axis) !== at) throw new RangeError(`axis ${axis} is named twice`);
        shape.push(this.sizeOf(axis));
        strides.push(this.strideOf(axis));
      }
    }
    return viewOf(this.data, shape, strides, this.offset);
  }

  /**
   * The same elements, in row-major order, with another shape: a view where the strides allow it, else a copy. One size
   * may be −1: it is what is left. RangeError where the sizes don't come to as many elements.
   */
  reshape(shape: readonly number[]): NdArray<A> {
    const size = this.size;
    const wanted = sizesFor(shape, size);
    if (sizeOfShape(wanted) !== size)
      throw new RangeError(`an array of ${size} elements has no shape [${wanted.join(', ')}]`);
    const strides = reshapedStrides(this.shape, this.strides, wanted);
    if (strides.length === wanted.length) return viewOf(this.data, wanted, strides, this.offset);
    return viewOf(this.copy().data, wanted, rowMajorStrides(wanted), 0);
  }

  /**
   * A view of a larger shape, by NumPy's rule: axes that are missing in front, and those of size 1, repeat what is there.
   * RangeError where an axis has another size.
   */
  broadcast(shape: readonly number[]): NdArray<A> {
    const added = shape.length - this.rank;
    if (added < 0)
      throw new RangeError(
        `an array with ${this.rank} axes can't be broadcast to shape [${shape.join(', ')}]`,
      );
    const strides: number[] = [];
    for (let axis = 0; axis < shape.length; axis++) {
      const size = axis < added ? 1 : this.sizeOf(axis - added);
      if (size !== 1 && size !== shape[axis])
        throw new RangeError(
          `axis ${axis - added} of size ${size} can't be broadcast to size ${shape[axis]} (shape [${this.shape.join(', ')}] to [${shape.join(', ')}])`,
        );
      strides.push(size === 1 ? 0 : this.strideOf(axis - added));
    }
    return viewOf(this.data, shape, strides, this.offset);
  }

  /** Whether the elements are one after the other in row-major order. */
  get isRowMajor(): boolean {
    if (this.size === 0) return true;
    let stride = 1;
    for (let axis = this.rank - 1; axis >= 0; axis--) {
      const size = this.sizeOf(axis);
      if (size !== 1 && this.strideOf(axis) !== stride) return false;
      stride *= size;
    }
    return true;
  }

  /** A new array of the same shape and elements, in row-major order. */
  copy(): NdArray<A> {
    const shape = this.shape;
    const made = viewOf(newLike(this.data, this.size), shape, rowMajorStrides(shape), 0);
    made.assign(this);
    return made;
  }

  /**
   * Sets all elements to those of another array, which is broadcast to this shape. RangeError where that can't be. Where
   * they share memory, what is set may have been set before it is read.
   */
  assign(source: NdArray<A>): void {
    const shape = this.shape;
    const from = sameShape(shape, source.shape) ? source : source.broadcast(shape);
    copyAxes(this, from);
  }
}

/** What a border of a slice comes to: at least `first`, at most `last`. */
function border(index: number, size: number, first: number, last: number): number {
  const whole = Math.trunc(index);
  const counted = whole < 0 ? whole + size : whole;
  return Math.min(Math.max(counted, first), last) + 0;
}

/** A shape without −1, which stands for what is left of so many elements. */
function sizesFor(shape: readonly number[], size: number): number[] {
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

/** Copies elements, of arrays of one shape. */
function copyAxes<A extends Elements>(target: NdArray<A>, source: NdArray<A>): void {
  if (target.rank > 3) {
    for (let i = 0; i < target.n0; i++) copyAxes(target.pick(0, i), source.pick(0, i));
    return;
  }
  const to = target.data;
  const from = source.data;
  for (let i = 0; i < target.n0; i++)
    for (let j = 0; j < target.n1; j++)
      for (let k = 0; k < target.n2; k++)
        store(
          to,
          place3(
            target.offset,
            i,
            target.n0,
            target.s0,
            j,
            target.n1,
            target.s1,
            k,
            target.n2,
            target.s2,
          ),
          load(
            from,
            place3(
              source.offset,
              i,
              target.n0,
              source.s0,
              j,
              target.n1,
              source.s1,
              k,
              target.n2,
              source.s2,
            ),
          ),
        );
}

/** The array of a shape and strides that there is room for in `data`; for functions of this module. */
export function viewOf<A extends Elements>(
  data: A,
  shape: readonly number[],
  strides: readonly number[],
  offset: number,
): NdArray<A> {
  const rank = shape.length;
  if (strides.length !== rank)
    throw new RangeError(`${strides.length} strides for a shape of ${rank} axes`);
  for (let axis = 0; axis < rank; axis++) {
    const size = shape[axis]!;
    if (!(size >= 0 && size < 2 ** 31 && Math.floor(size) === size))
      throw new RangeError(`axis ${axis} has no size ${size}`);
    const stride = strides[axis]!;
    if (!(Math.abs(stride) < 2 ** 31 && Math.floor(stride) === stride))
      throw new RangeError(`axis ${axis} has no stride ${stride}`);
  }
  if (!(offset >= 0 && offset < 2 ** 31 && Math.floor(offset) === offset))
    throw new RangeError(`an array has no offset ${offset}`);
  let more: i32[] | null = null;
  if (rank > 4) {
    more = [];
    for (let axis = 4; axis < rank; axis++) more.push(shape[axis]!);
    for (let axis = 4; axis < rank; axis++) more.push(strides[axis]!);
  }
  return new NdArray(
    data,
    offset,
    rank,
    rank > 0 ? shape[0]! : 1,
    rank > 1 ? shape[1]! : 1,
    rank > 2 ? shape[2]! : 1,
    rank > 3 ? shape[3]! : 1,
    rank > 0 ? strides[0]! : 0,
    rank > 1 ? strides[1]! : 0,
    rank > 2 ? strides[2]! : 0,
    rank > 3 ? strides[3]! : 0,
    more,
  );
}

/**
 * An array over a typed array, which stays shared: rows first (row-major) unless there are strides.
 * @param shape the size of each axis; without it, one axis of all elements
 * @param strides for each axis how far apart neighbours are, in elements; below 0 an axis runs backwards, and 0 repeats
 * @param offset where in `data` the element is whose indices are all 0
 * RangeError where an index within the shape would lead out of `data`, and for sizes that aren't whole numbers from 0 to
 * below 2^31.
 */
export function ndarray<A extends Elements>(
  data: A,
  shape?: readonly number[],
  strides?: readonly number[],
  offset: number = 0,
): NdArray<A> {
  const sizes = shape ?? [data.length - offset];
  return viewOf(data, sizes, strides ?? rowMajorStrides(sizes), offset);
}

/** The same with columns first (column-major), as Fortran and Julia have arrays: the first axis has stride 1. */
export function columnMajor<A extends Elements>(
  data: A,
  shape: readonly number[],
  offset: number = 0,
): NdArray<A> {
  const strides: number[] = [];
  let stride = 1;
  for (const size of shape) {
    strides.push(stride);
    stride *= Math.max(size, 1);
  }
  return viewOf(data, shape, strides, offset);
}
