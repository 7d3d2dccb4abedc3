/** What the functions are made of that the compiler writes for `vectorize` and the like (`compiler/1-read/kernels/`). */
export {
  isApart,
  isNative,
  load,
  loadAlone,
  partAt,
  place0,
  place1,
  place2,
  place3,
  place4,
  store,
  storeAlone,
} from './intrinsics.ts';
export { commonShape, placesFit, sizeOfShape } from './shapes.ts';
export { attach, attachLoops } from './attached.ts';
export { nearestIndex, reflectedIndex, wrappedIndex } from './stencil.ts';
export { NdArray } from './array.ts';
export { ndarray, viewOf } from './make.ts';
export { describe, describeFlat, describeSizes, inputFor, isFlat } from './described.ts';
