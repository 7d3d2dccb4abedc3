/** Types of `jobs-work.mjs`, which worker threads import as it is. */
export function microsecond(x: number): number;
export function sumOf(part: {
  readonly data: Float64Array;
  readonly from: number;
  readonly to: number;
}): number;
