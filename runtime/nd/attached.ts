/** The loops that the compiler has written for a function of arrays. */
import type { Elements } from './elements.ts';

export type ElementsClass = new (length: number) => Elements;

/**
 * Runs over four axes, of which the first one may be divided among threads.
 * @param geometry the sizes of the axes; then for each array, the result first, its offset and its strides
 */
export type Kernel = (geometry: Float64Array, ...arrays: Elements[]) => boolean;

export interface Attached {
  readonly kernel: Kernel;
  /** The classes of the result and of the arguments. */
  readonly types: readonly ElementsClass[];
}

const kernels = new WeakMap<object, Attached[]>();

/**
 * Gives a function of arrays loops for arrays of these classes. Called by compiled modules when they are loaded; where
 * native code isn't, the kernel says so by `false`, and the loops of this package are quicker than what it is in JavaScript.
 */
export function attach(made: object, kernel: Kernel, types: readonly ElementsClass[]): void {
  // Of no elements.
  const geometry = new Float64Array(4 + 5 * types.length);
  if (kernel(geometry, ...types.map((type) => new type(0))))
    kernels.set(made, [...attachedTo(made), { kernel, types }]);
}

export const attachedTo = (made: object): readonly Attached[] => kernels.get(made) ?? [];
