/**
 * Arrays of any dimension over a typed array: a shape, how far apart neighbours of each axis are (strides), and where
 * the first element is. Written in the language itself, so the same methods are JavaScript and native code. What the
 * first four axes need are numbers of the object, which native code keeps in registers; what further axes need is a
 * list.
 */
import type { i32 } from '../numbers.ts';
import type { Elements } from './elements.ts';
import { copyAxes } from './copying.ts';
import { load, newLike, place0, place1, place2, place3, place4, store } from './intrinsics.ts';
import { viewOf } from './make.ts';
import { placesFit, refuseFit, rowMajorStrides, sameShape } from './shapes.ts';
import { broadcasted, picked, reshaped, sliced, transposed } from './views.ts';

/**
 * An array of any dimension: a view of a typed array, which many may share. Its shape never changes; its elements do.
 * Made by `ndarray`, `columnMajor` (`make.ts`) and by views of others.
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
      refuseFit(data.length, offset, rank, n0, n1, n2, n3, s0, s1, s2, s3);
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
    return sliced(this, axis, from, to, step);
  }

  /** A view without an axis: what is there at one index of it. RangeError for an index or axis that isn't there. */
  pick(axis: number, index: number): NdArray<A> {
    return picked(this, axis, index);
  }

  /**
   * A view with the axes in another order: the first of `axes` names the one that comes first. Without it they are
   * reversed. RangeError where `axes` doesn't name each axis once.
   */
  transpose(axes?: readonly number[]): NdArray<A> {
    return transposed(this, axes);
  }

  /**
   * The same elements, in row-major order, with another shape: a view where the strides allow it, else a copy. One size
   * may be −1: it is what is left. RangeError where the sizes don't come to as many elements.
   */
  reshape(shape: readonly number[]): NdArray<A> {
    return reshaped(this, shape);
  }

  /**
   * A view of a larger shape, by NumPy's rule: axes that are missing in front, and those of size 1, repeat what is there.
   * RangeError where an axis has another size.
   */
  broadcast(shape: readonly number[]): NdArray<A> {
    return broadcasted(this, shape);
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
   * Sets all elements to those of another array, which is broadcast to this shape; they are converted as in `data[i] = x`.
   * RangeError where that can't be. Where
   * they share memory, what is set may have been set before it is read.
   */
  assign<B extends Elements & ArrayLike<A[number]>>(source: NdArray<B>): void {
    const shape = this.shape;
    const from = sameShape(shape, source.shape) ? source : source.broadcast(shape);
    copyAxes(this, from);
  }
}
