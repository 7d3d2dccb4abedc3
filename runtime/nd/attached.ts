/** The loops that the compiler has written for a function of arrays. */
import type { CoreLoops } from './cores.ts';
import type { Elements } from './elements.ts';

export type ElementsClass = new (length: number) => Elements;

/**
 * Runs over four axes, of which the first one may be divided among threads.
 * @param geometry the sizes of the axes; then for each array, the result first, its offset and its strides
 */
export type Kernel = (geometry: Int32Array, ...arrays: Elements[]) => boolean;

export interface Attached {
  readonly kernel: Kernel;
  /** The classes of the results and of the arguments. */
  readonly types: readonly ElementsClass[];
  /** Of a stencil: how many axes its arrays have. */
  readonly rank?: number;
}

/** The loops of a function of small arrays. */
export interface AttachedCores {
  readonly loops: CoreLoops;
  /** How many numbers say where the arrays lie. */
  readonly length: number;
  /** The classes of the results and of the arguments. */
  readonly types: readonly ElementsClass[];
}

const kernels = new WeakMap<object, Attached[]>();
const cores = new WeakMap<object, AttachedCores>();

/**
 * Gives a function of arrays loops for arrays of these classes. Called by compiled modules when they are loaded; where
 * native code isn't, the kernel says so by `false`, and the loops of this package are quicker than what it is in JavaScript.
 */
export function attach(
  made: object,
  kernel: Kernel,
  types: readonly ElementsClass[],
  rank?: number,
): void {
  // Of no elements.
  const geometry = new Int32Array(4 + 5 * types.length);
  if (kernel(geometry, ...types.map((type) => new type(0))))
    kernels.set(made, [
      ...attachedTo(made),
      { kernel, types, ...(rank !== undefined && { rank }) },
    ]);
}

/** The same of a function of small arrays. @param length how many numbers say where the arrays lie */
export function attachLoops(
  made: object,
  loops: CoreLoops,
  types: readonly ElementsClass[],
  length: number,
): void {
  if (loops(new Int32Array(length), ...types.map((type) => new type(0))))
    cores.set(made, { loops, types, length });
}

export const attachedCores = (made: object): AttachedCores | undefined => cores.get(made);

export const attachedTo = (made: object): readonly Attached[] => kernels.get(made) ?? [];
