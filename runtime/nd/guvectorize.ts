/** Functions of small arrays as functions of arrays of those. */
import { NdArray } from './array.ts';
import { attachedCores, type ElementsClass } from './attached.ts';
import { overCores } from './cores.ts';
import type { Elements } from './elements.ts';
import { ndarray } from './make.ts';
import { arrayOf, ofClass, type Operand } from './operands.ts';
import { commonShape, haveCommonShape, sizeOfShape } from './shapes.ts';

export interface GuvectorizeOptions<A extends Elements> {
  /** The class of the elements of results; without it Float64Array. */
  readonly type?: new (length: number) => A;
}

export interface Guvectorized<A extends Elements> {
  /**
   * Calls the function for each place of the axes that the arguments have in front of those of the signature, which are
   * broadcast. A new array, or of several results an array of them.
   * @throws RangeError where sizes of one name differ, or axes are missing
   */
  (...args: Operand<number | bigint>[]): NdArray<A>;
  /** The same with places for the results, in front of the arguments. */
  into(...outsAndArgs: (Elements | NdArray<Elements> | number | bigint)[]): void;
}

/** Of each argument and each result which axes it has, by their places among all names. */
interface Signature {
  readonly text: string;
  readonly names: readonly string[];
  readonly inputs: readonly (readonly number[])[];
  readonly outputs: readonly (readonly number[])[];
}

/** Reads `(n,m),(m)->(n)`. @throws SyntaxError for another text */
export function parseSignature(text: string): Signature {
  const list = (side: string): string[][] =>
    [...side.matchAll(/\(([^()]*)\)/g)].map(([, names = '']) =>
      names
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    );
  const one = String.raw`\(\s*(?:\w+\s*(?:,\s*\w+\s*)*)?\)`;
  const side = String.raw`\s*${one}(?:\s*,\s*${one})*\s*`;
  const [left, right] = text.split('->');
  if (!new RegExp(`^${side}->${side}$`).test(text) || left === undefined || right === undefined)
    throw new SyntaxError(`a signature is like (n,m),(m)->(n), not ${text}`);
  const [inputs, outputs] = [list(left), list(right)];
  const names = [...new Set(inputs.flat())];
  const unknown = outputs.flat().find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new SyntaxError(`the size ${unknown} of a result in ${text} is none of an argument`);
  const places = (lists: readonly (readonly string[])[]): number[][] =>
    lists.map((one) => one.map((name) => names.indexOf(name)));
  return { text, names, inputs: places(inputs), outputs: places(outputs) };
}

type Core = (...arrays: NdArray<Elements>[]) => void;

/**
 * Makes a function of arrays of one of smaller arrays: `guvectorize('(n,m),(m)->(n)', (a, x, y) => { … })` gets a matrix, a
 * vector and the place for a vector. What it is called with has these axes last, and any others in front. With `@native`
 * before that constant the compiler writes its loops; the function's parameters are then hinted, as `NdArray<Float64Array>`.
 * @param fn gets a view for each argument and then for each result of the signature, which holds zeros
 * @throws SyntaxError for a text that is no signature
 */
export function guvectorize<A extends Elements = Float64Array>(
  signature: string,
  fn: (...arrays: never[]) => void,
  options: GuvectorizeOptions<A> = {},
): Guvectorized<A> {
  const parsed = parseSignature(signature);
  const { inputs, outputs } = parsed;
  const count = outputs.length;
  const ranks = [...outputs, ...inputs].map((axes) => axes.length);
  let geometry = new Int32Array(0);
  const made = (...args: unknown[]): unknown => {
    const outs = run(args, undefined);
    return count === 1 ? outs[0] : outs;
  };
  const run = (args: readonly unknown[], given: readonly NdArray<Elements>[] | undefined) => {
    const found = attachedCores(made);
    if (args.length !== inputs.length)
      throw new TypeError(`${args.length} arguments for the signature ${signature}`);
    const arrays = args.map((arg, index) => {
      const array = arrayOf(arg, `argument ${index + 1}`);
      const type = found?.types[count + index];
      return type && array.data.constructor !== type
        ? ofClass(array, type, `argument ${index + 1}`)
        : array;
    });
    const sizes = sizesOf(arrays, parsed);
    const loops = loopsOf(arrays, parsed);
    const outs = outputs.map((axes, index) => {
      const shape = loops.concat(axes.map((axis) => sizes[axis]!));
      const type: ElementsClass = found?.types[index] ?? options.type ?? Float64Array;
      const place = given?.[index];
      if (place && !hasShape(place, shape))
        throw new RangeError(
          `a result has shape [${shape.join(', ')}], its place [${place.shape.join(', ')}]`,
        );
      if (place && (place.data.constructor === type || place.data instanceof type)) return place;
      return ndarray(new type(sizeOfShape(shape)), shape);
    });
    // A result that is stored must not be an argument later.
    const own = given
      ? arrays.map((array) => (outs.some((out) => isOfSame(out, array)) ? array.copy() : array))
      : arrays;
    if (found) {
      if (geometry.length === 0) geometry = new Int32Array(found.length);
      const call = { shape: loops, sizes, arrays: outs.concat(own), ranks };
      overCores(found.loops, call, given ? count : 0, geometry);
    } else {
      const views = own.map((array, index) =>
        array.broadcast([...loops, ...array.shape.slice(array.rank - inputs[index]!.length)]),
      );
      over(loops.length, outs, views, fn as unknown as Core);
    }
    given?.forEach((place, index) => {
      const out = outs[index]!;
      if (place !== out) place.assign(out);
    });
    return given ?? outs;
  };
  const into = (...all: unknown[]): void => {
    const places = all.slice(0, count).map((one, index) => arrayOf(one, `result ${index + 1}`));
    run(all.slice(count), places);
  };
  return Object.assign(made, { into }) as never;
}

/** The shape of the loops: that of the axes in front of the signature's. @throws RangeError where these don't fit */
function loopsOf(
  arrays: readonly NdArray<Elements>[],
  { inputs, text }: Signature,
): readonly number[] {
  let loops: readonly number[] = [];
  arrays.forEach((array, index) => {
    const outer = array.rank - inputs[index]!.length;
    if (outer === 0) return;
    const own = array.shape.slice(0, outer);
    if (!haveCommonShape(loops, own)) {
      const shapes = arrays.slice(0, index + 1).map(({ shape }) => `[${shape.join(', ')}]`);
      throw new RangeError(
        `arrays of shapes ${shapes.join(' and ')} do not fit ${text}: in front of its axes they have [${loops.join(', ')}] and [${own.join(', ')}]`,
      );
    }
    loops = commonShape(loops, own);
  });
  return loops;
}

const isOfSame = (a: NdArray<Elements>, b: NdArray<Elements>): boolean =>
  a.data.buffer === b.data.buffer;

function hasShape(array: NdArray<Elements>, shape: readonly number[]): boolean {
  if (array.rank !== shape.length) return false;
  for (let axis = 0; axis < shape.length; axis++)
    if (array.sizeOf(axis) !== shape[axis]) return false;
  return true;
}

/** The sizes of a signature's axes. @throws RangeError where arguments differ in one, or have too few axes */
function sizesOf(
  arrays: readonly NdArray<Elements>[],
  { inputs, names, text }: Signature,
): number[] {
  const sizes = names.map(() => -1);
  const shown = (index: number): string =>
    `argument ${index + 1} of shape [${arrays[index]!.shape.join(', ')}]`;
  inputs.forEach((axes, index) => {
    const array = arrays[index]!;
    const outer = array.rank - axes.length;
    if (outer < 0)
      throw new RangeError(
        `${shown(index)} has fewer axes than ${text} gives it, which is ${axes.length}`,
      );
    for (let axis = 0; axis < axes.length; axis++) {
      const name = axes[axis]!;
      const size = array.sizeOf(outer + axis);
      if (sizes[name] !== -1 && sizes[name] !== size) {
        const first = inputs.findIndex((one) => one.includes(name));
        const other = first === index ? '' : ` of ${shown(first)}`;
        throw new RangeError(
          `the size ${names[name]} in ${text} is ${sizes[name]}${other} and ${size} of ${shown(index)}`,
        );
      }
      sizes[name] = size;
    }
  });
  return sizes;
}

/** Calls a function for each place of the first axes. */
function over(
  axes: number,
  outs: readonly NdArray<Elements>[],
  views: readonly NdArray<Elements>[],
  core: Core,
): void {
  if (axes === 0) {
    core(...views, ...outs);
    return;
  }
  const size = outs[0]!.sizeOf(0);
  for (let i = 0; i < size; i++)
    over(
      axes - 1,
      outs.map((out) => out.pick(0, i)),
      views.map((view) => view.pick(0, i)),
      core,
    );
}
