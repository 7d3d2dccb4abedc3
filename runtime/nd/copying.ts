/** Copies of elements from one array to another. */
import type { NdArray } from './array.ts';
import type { Elements } from './elements.ts';
import { load, place3, store } from './intrinsics.ts';

/** Copies elements, of arrays of one shape. */
export function copyAxes<A extends Elements, B extends Elements & ArrayLike<A[number]>>(
  target: NdArray<A>,
  source: NdArray<B>,
): void {
  if (target.rank > 3) {
    for (let i = 0; i < target.n0; i++) copyAxes(target.pick(0, i), source.pick(0, i));
    return;
  }
  const to = target.data;
  const from = source.data;
  for (let i = 0; i < target.n0; i++)
    for (let j = 0; j < target.n1; j++)
      for (let k = 0; k < target.n2; k++)
        store(
          to,
          place3(
            target.offset,
            i,
            target.n0,
            target.s0,
            j,
            target.n1,
            target.s1,
            k,
            target.n2,
            target.s2,
          ),
          load(
            from,
            place3(
              source.offset,
              i,
              target.n0,
              source.s0,
              j,
              target.n1,
              source.s1,
              k,
              target.n2,
              source.s2,
            ),
          ),
        );
}
