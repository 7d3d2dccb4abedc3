/**
 * `set` of typed arrays whose elements convert without a change of their bytes. A template like
 * `typed-array-set.ts`, for the pairs of kinds where that is so.
 *
 * @native bounds: unchecked
 */
import { toInteger } from './index-arithmetic.ts';
import { moveElements } from './intrinsics.ts';
import type { f64 } from 'tsnative';

type Target = Float64Array;
type Source = Float64Array;

/** Copies all elements of `source` to `target` from `offset` on, as if at once. */
export function set(target: Target, source: Source, offset: f64): void {
  const to = toInteger(offset);
  if (to < 0 || to + source.length > target.length) throw new RangeError('offset is out of bounds');
  moveElements(target, to, source, 0, source.length);
}
