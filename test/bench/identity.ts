/** Whether contenders give the same results. */
import type { Argument } from './kernels/case.ts';
import type { Contender } from './contenders/types.ts';

/** What a call returned, and all that its arrays hold. */
export type Results = readonly (readonly number[] | ArrayLike<number>)[];

/** Runs a contender on copies of the arguments. */
export function resultsOf(contender: Contender, args: readonly Argument[]): Results {
  const { run, arrays } = contender.prepare(
    args.map((argument) => (typeof argument === 'number' ? argument : argument.slice())),
  );
  const returned = run();
  return [[Number(returned)], ...arrays];
}

/** How far results may be from each other: by nothing, or relative to the larger one. */
export type Tolerance = 'none' | number;

/** The first difference in words, or undefined. NaNs are all alike, and 0 is not −0. */
export function difference(
  expected: Results,
  actual: Results,
  tolerance: Tolerance = 'none',
): string | undefined {
  for (const [index, wanted] of expected.entries()) {
    const got = actual[index];
    for (let i = 0; i < wanted.length; i++) {
      const [a, b] = [wanted[i] ?? NaN, got?.[i] ?? NaN];
      if (Object.is(a, b)) continue;
      if (tolerance !== 'none' && isNear(a, b, tolerance)) continue;
      const place = index === 0 ? 'the result' : `array ${index}, element ${i}`;
      return `${place}: ${show(b)} where ${show(a)} is expected`;
    }
  }
  return undefined;
}

const show = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

const isNear = (a: number, b: number, tolerance: number): boolean =>
  Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
