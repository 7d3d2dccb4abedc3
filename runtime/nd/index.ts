/**
 * What programs import from 'tsnative/nd': arrays of any dimension, and functions of numbers made functions of arrays.
 */
export { columnMajor, NdArray, ndarray } from './array.ts';
export type { Elements } from './elements.ts';
export { asNdArray, type ArrowVectorLike, type NdarrayLike, type StdlibLike } from './from.ts';
export { readNpy, writeNpy } from './npy.ts';

import { NdArray } from './array.ts';

// The loader of native code, which imports nothing, knows the class by this (`runtime/arrays.ts`).
const key = Symbol.for('tsnative.NdArray');
Object.defineProperty(globalThis, key, { value: NdArray, configurable: true, writable: true });
Object.defineProperty(NdArray.prototype, key, { value: true });
