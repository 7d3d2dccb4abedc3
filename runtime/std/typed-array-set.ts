/**
 * `set` of typed arrays (ECMA-262 23.2.3.26.1). A template: the library's build makes a copy for each pair of
 * kinds with different elements by replacing the two aliases.
 *
 * @native bounds: unchecked
 */
import { toInteger } from './index-arithmetic.ts';
import { moveElements, newLike, sameBuffer } from './intrinsics.ts';
import type { f64 } from 'tsnative';

type Target = Float64Array;
type Source = Float32Array;

/** Copies all elements of `source` to `target` from `offset` on, as if at once. */
export function set(target: Target, source: Source, offset: f64): void {
  const to = toInteger(offset);
  if (to < 0 || to + source.length > target.length) throw new RangeError('offset is out of bounds');
  if (sameBuffer(target, source)) {
    // The arrays may overlap, and elements of other sizes don't keep their places.
    const copy = newLike(source, source.length);
    moveElements(copy, 0, source, 0, source.length);
    convert(target, copy, to);
  } else convert(target, source, to);
}

/**
 * Copies from arrays that are known to be apart.
 *
 * @native bounds: unchecked
 */
function convert(target: Target, source: Source, to: f64): void {
  // i is within the source, and all of it fits in the target.
  for (let i = 0; i < source.length; i++) target[to + i] = source[i]!;
}
