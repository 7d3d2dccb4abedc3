/** Functions of small arrays as functions of arrays of those. */
import { NdArray } from './array.ts';
import { attachedCores, type ElementsClass } from './attached.ts';
import { overCores } from './cores.ts';
import type { Elements } from './elements.ts';
import { ndarray } from './make.ts';
import { arrayOf, ofClass, type Operand } from './operands.ts';
import { commonShape, sizeOfShape } from './shapes.ts';

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

/** The names of axes, of each argument and each result. */
interface Signature {
  readonly inputs: readonly (readonly string[])[];
  readonly outputs: readonly (readonly string[])[];
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
  const signature = { inputs: list(left), outputs: list(right) };
  const known = new Set(signature.inputs.flat());
  const unknown = signature.outputs.flat().find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new SyntaxError(`the size ${unknown} of a result in ${text} is none of an argument`);
  return signature;
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
  const count = parsed.outputs.length;
  const made = (...args: unknown[]): unknown => {
    const outs = run(args, undefined);
    return count === 1 ? outs[0] : outs;
  };
  const run = (args: readonly unknown[], given: readonly NdArray<Elements>[] | undefined) => {
    const found = attachedCores(made);
    const { inputs, outputs } = parsed;
    if (args.length !== inputs.length)
      throw new TypeError(`${args.length} arguments for the signature ${signature}`);
    const arrays = args.map((arg, index) => {
      const array = arrayOf(arg, `argument ${index + 1}`);
      const type = found?.types[count + index];
      return type ? ofClass(array, type) : array;
    });
    const sizes = new Map<string, number>();
    const outers = arrays.map((array, index) => {
      const names = inputs[index]!;
      const outer = array.rank - names.length;
      if (outer < 0)
        throw new RangeError(
          `argument ${index + 1} has ${array.rank} axes, and ${names.length} in the signature ${signature}`,
        );
      names.forEach((name, axis) => {
        const size = array.sizeOf(outer + axis);
        const other = sizes.get(name) ?? size;
        if (other !== size)
          throw new RangeError(
            `the size ${name} in ${signature} is ${other}, and ${size} of argument ${index + 1}`,
          );
        sizes.set(name, size);
      });
      return array.shape.slice(0, outer);
    });
    const loops = outers.reduce(commonShape, []);
    const shapes = outputs.map((names) => [...loops, ...names.map((name) => sizes.get(name)!)]);
    const outs = shapes.map((shape, index) => {
      const type: ElementsClass = found?.types[index] ?? options.type ?? Float64Array;
      const place = given?.[index];
      if (place && place.shape.join() !== shape.join())
        throw new RangeError(
          `a result has shape [${shape.join(', ')}], its place [${place.shape.join(', ')}]`,
        );
      return place?.data instanceof type ? place : ndarray(new type(sizeOfShape(shape)), shape);
    });
    // A result that is stored must not be an argument later.
    const views = arrays.map((array, index) => {
      const isShared = given && outs.some(({ data }) => data.buffer === array.data.buffer);
      const own = isShared ? array.copy() : array;
      return own.broadcast([...loops, ...array.shape.slice(outers[index]!.length)]);
    });
    const core = fn as unknown as Core;
    if (found) overCores(found.loops, loops.length, [...sizes.values()], outs, views);
    else over(loops.length, outs, views, core);
    given?.forEach((place, index) => {
      const made = outs[index]!;
      if (place !== made) place.assign(made);
    });
    return given ?? outs;
  };
  const into = (...all: unknown[]): void => {
    const places = all.slice(0, count).map((one, index) => arrayOf(one, `result ${index + 1}`));
    run(all.slice(count), places);
  };
  return Object.assign(made, { into }) as never;
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
