/**
 * What programs import from 'tsnative/nd': arrays of any dimension, and functions of numbers made functions of arrays.
 */
export { NdArray } from './array.ts';
export type { Elements } from './elements.ts';
export { asNdArray, type ArrowVectorLike, type NdarrayLike, type StdlibLike } from './from.ts';
export { guvectorize, type Guvectorized, type GuvectorizeOptions } from './guvectorize.ts';
export {
  stencil,
  type Neighbours,
  type Stencil,
  type StencilMode,
  type StencilOptions,
} from './stencil.ts';
export { columnMajor, ndarray } from './make.ts';
export type { Operand, Operands, Scalar } from './operands.ts';
export { readNpy, writeNpy } from './npy.ts';
export { vectorize, type Vectorized, type VectorizeOptions } from './vectorize.ts';

import { NdArray } from './array.ts';

// The loader of native code, which imports nothing, knows the class by this (`runtime/arrays.ts`).
const key = Symbol.for('tsnative.NdArray');
Object.defineProperty(globalThis, key, { value: NdArray, configurable: true, writable: true });
Object.defineProperty(NdArray.prototype, key, { value: true });
