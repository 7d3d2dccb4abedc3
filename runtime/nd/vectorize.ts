/**
 * Functions of numbers as functions of arrays. As plain JavaScript, and where the compiler has written no loops for the
 * arrays that are given, the loops are here.
 */
import { NdArray } from './array.ts';
import { attachedTo, type Attached, type ElementsClass, type Kernel } from './attached.ts';
import { axesOf, geometryOf, kernelAxes, partsOf } from './axes.ts';
import type { Elements } from './elements.ts';
import { ndarray } from './make.ts';
import { arrayOf, isScalar, mayOverlap, ofClass, type Operands, type Scalar } from './operands.ts';
import { commonShape, sizeOfShape } from './shapes.ts';

/** A function of numbers that also takes arrays of them. */
export interface Vectorized<P extends readonly Scalar[], R extends Scalar, A extends Elements> {
  (...args: P): R;
  /**
   * Called with an array among its arguments it is called for each element of their common shape, by NumPy's rule of
   * broadcasting. A new array in row-major order.
   * @throws RangeError where the shapes don't fit; TypeError for an argument that is neither a number nor an array
   */
  (...args: Operands<P>): NdArray<A>;
  /**
   * The same with a place for the result, which may be one of the arguments or share memory with them: what is read is what
   * was there before. The arguments are broadcast to its shape. Elements are converted as a store to a typed array does.
   * @returns `out`
   */
  into<O extends Elements | NdArray<Elements>>(out: O, ...args: Operands<P>): O;
}

export interface VectorizeOptions<A extends Elements> {
  /** The class of the elements of results; without it Float64Array, or BigInt64Array where the function gives bigints. */
  readonly type?: new (length: number) => A;
}

/**
 * Makes a function of arrays of a function of numbers: `const hyp = vectorize((b: f64, c: f64) => Math.sqrt(b * b + c *
 * c))`. With `@native` before that constant the compiler writes its loops, one for the whole function, which vectorise and
 * are divided among threads. The function should do nothing but compute: in what order it is called is not said.
 */
export function vectorize<
  P extends readonly Scalar[],
  R extends Scalar,
  A extends Elements = R extends bigint ? BigInt64Array : Float64Array,
>(fn: (...args: P) => R, options: VectorizeOptions<A> = {}): Vectorized<P, R, A> {
  const { type } = options;
  const made = (...args: unknown[]): unknown =>
    args.every(isScalar)
      ? fn(...(args as unknown as P))
      : apply(fn as unknown as AnyScalarFunction, attachedTo(made), args, type, undefined);
  const into = (out: Elements | NdArray<Elements>, ...args: unknown[]): unknown => {
    apply(
      fn as unknown as AnyScalarFunction,
      attachedTo(made),
      args,
      type,
      arrayOf(out, 'the result'),
    );
    return out;
  };
  return Object.assign(made, { into }) as never;
}

type AnyScalarFunction = (...args: Scalar[]) => Scalar;

function apply(
  fn: AnyScalarFunction,
  attached: readonly Attached[],
  args: readonly unknown[],
  type: ElementsClass | undefined,
  out: NdArray<Elements> | undefined,
): NdArray<Elements> {
  const given = args.map((arg, index) => arrayOf(arg, `argument ${index + 1}`));
  const shapes = given.map((array) => array.shape);
  const shape = out?.shape ?? shapes.reduce(commonShape);
  const size = sizeOfShape(shape);
  if (size === 0) return out ?? emptyResult(fn, given, type, shape);
  const found =
    attached.find(({ types }) => given.every(({ data }, at) => data instanceof types[at + 1]!)) ??
    attached[0];
  const resultType = found?.types[0] ?? type ?? resultTypeOf(fn, given);
  const made = out?.data instanceof resultType ? out : ndarray(new resultType(size), shape);
  const inputs = given.map((array, at) => {
    const own = found ? ofClass(array, found.types[at + 1]!, `argument ${at + 1}`) : array;
    const whole = own.broadcast(shape);
    return mayOverlap(made, whole) ? whole.copy() : whole;
  });
  const arrays = [made, ...inputs];
  const kernel = found?.kernel ?? plainKernel(fn, inputs.length);
  const datas = arrays.map(({ data }) => data);
  const parts = partsOf(
    axesOf(arrays),
    arrays.map(({ offset }) => offset),
  );
  for (const part of parts) kernel(geometryOf(part), ...datas);
  if (out && out !== made) out.assign(made);
  return out ?? made;
}

/** Without elements there is nothing that tells whether a function gives bigints but its arguments. */
function emptyResult(
  _: AnyScalarFunction,
  given: readonly NdArray<Elements>[],
  type: ElementsClass | undefined,
  shape: readonly number[],
): NdArray<Elements> {
  const areBigints = given.some(
    ({ data }) => data instanceof BigInt64Array || data instanceof BigUint64Array,
  );
  return ndarray(new (type ?? (areBigints ? BigInt64Array : Float64Array))(0), shape);
}

/** Finds out what a function gives by the first element. */
function resultTypeOf(fn: AnyScalarFunction, given: readonly NdArray<Elements>[]): ElementsClass {
  const first = given.map(({ data, offset }) => data[offset]!);
  return typeof fn(...first) === 'bigint' ? BigInt64Array : Float64Array;
}

/** The loops of a function without any of its own. */
function plainKernel(fn: AnyScalarFunction, count: number): Kernel {
  const width = kernelAxes + 1;
  return (geometry, out, ...inputs) => {
    const [n0 = 0, n1 = 0, n2 = 0, n3 = 0] = geometry;
    const start = (array: number, i: number, j: number, k: number): number => {
      const at = kernelAxes + array * width;
      const [offset = 0, s0 = 0, s1 = 0, s2 = 0] = geometry.subarray(at, at + kernelAxes);
      return offset + i * s0 + j * s1 + k * s2;
    };
    const step = (array: number): number => geometry[kernelAxes + array * width + kernelAxes]!;
    // Safe: what a function gives is what its class of results holds.
    const target = out as { [index: number]: Scalar };
    const [a, b, c, d] = inputs;
    const [to = 0, sa = 0, sb = 0, sc = 0, sd = 0] = [out, ...inputs].map((_, array) =>
      step(array),
    );
    for (let i = 0; i < n0; i++)
      for (let j = 0; j < n1; j++)
        for (let k = 0; k < n2; k++) {
          const at = start(0, i, j, k);
          const from = inputs.map((_, input) => start(input + 1, i, j, k));
          const [fa = 0, fb = 0, fc = 0, fd = 0] = from;
          if (count === 1 && a)
            for (let l = 0; l < n3; l++) target[at + l * to] = fn(a[fa + l * sa]!);
          else if (count === 2 && a && b)
            for (let l = 0; l < n3; l++) target[at + l * to] = fn(a[fa + l * sa]!, b[fb + l * sb]!);
          else if (count === 3 && a && b && c)
            for (let l = 0; l < n3; l++)
              target[at + l * to] = fn(a[fa + l * sa]!, b[fb + l * sb]!, c[fc + l * sc]!);
          else if (count === 4 && a && b && c && d)
            for (let l = 0; l < n3; l++)
              target[at + l * to] = fn(
                a[fa + l * sa]!,
                b[fb + l * sb]!,
                c[fc + l * sc]!,
                d[fd + l * sd]!,
              );
          else
            for (let l = 0; l < n3; l++)
              target[at + l * to] = fn(
                ...inputs.map((input, index) => input[from[index]! + l * step(index + 1)]!),
              );
        }
    return true;
  };
}
