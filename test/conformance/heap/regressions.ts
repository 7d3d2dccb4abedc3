/** What random programs have found: each function was refused, or had another result, leaked or crashed. */
import type { f32, f64, i32 } from 'tsnative';

/** A type argument keeps its hint, also where nothing else says what elements there are.
 *
 * @native
 */
export function hintedElements(n: i32, x: f64): f64 {
  const made = new Array<i32>(3).fill(n).slice(1);
  const singles: f32[] | null = n > 1 ? new Array<f32>(2).fill(Math.fround(x)).slice(0, 8) : null;
  const listed: i32[] = n > 2 ? Array.of<i32>(n, 2).concat([3]) : [];
  return made.length * 100 + made[0]! + (singles?.[1] ?? -1) * 10 + listed.length;
}

const numbers = [0, -0, 1, -1.5, NaN, Infinity, 2 ** 31, 0.1];

export const cases: [string, unknown[]][] = numbers.flatMap((x): [string, unknown[]][] =>
  [0, 1, 2, 3].map((n): [string, unknown[]] => ['hintedElements', [n, x]]),
);
