/** One kernel in one size: whether all give the same results, and how fast they are. */
import type { Argument, SizeName, TypedArray } from './kernels/case.ts';
import { inputsOf, type Kernel } from './kernels/index.ts';
import type { Contenders, Peer } from './contenders/index.ts';
import { isArray, type Contender } from './contenders/types.ts';
import { inV8, withOurMath } from './contenders/v8.ts';
import { difference, resultsOf } from './identity.ts';
import { compare, Timer, type Budget, type Pair } from './measure.ts';

export interface Measurement {
  readonly kernel: Kernel;
  readonly size: SizeName;
  /** Bytes of all array arguments. */
  readonly bytes: number;
  /** What was not identical, in words; empty where all was. */
  readonly differences: readonly string[];
  readonly pairs: Partial<Readonly<Record<Peer, Pair>>>;
}

/**
 * What results with an approximated function in them may differ by, relatively, where not by
 * nothing: e^−x² takes an error of x to its square.
 */
export const near = 1e-10;

const budgets: Readonly<Record<SizeName, Budget>> = {
  test: { time: 0, leastRounds: 1, mostRounds: 1 },
  small: { time: 250, leastRounds: 11, mostRounds: 61 },
  large: { time: 700, leastRounds: 3, mostRounds: 31 },
};

/** How many different inputs a kernel is timed with in its small size. */
const smallVariants = 32;

export function runKernel(
  kernel: Kernel,
  size: SizeName,
  contenders: Contenders,
  wanted: readonly Peer[],
): Measurement {
  const args = inputsOf(kernel, size);
  const variants = variantsOf(kernel, size, args);
  const present = wanted.flatMap((peer) => {
    const contender = contenders.peer(peer, kernel);
    return contender === undefined ? [] : [{ peer, contender }];
  });
  const ours = contenders.ours(kernel);
  const differences = [
    ...differencesOf(kernel, size, 'ours', ours),
    ...present.flatMap(({ peer, contender }) => differencesOf(kernel, size, peer, contender)),
  ];
  const pairs: Partial<Record<Peer, Pair>> = {};
  for (const { peer, contender } of present) {
    const prepare = (one: Contender): Timer => {
      args.filter(isArray).forEach((array, index) => array.set(variants[0]?.[index] ?? []));
      return new Timer(one.prepare(args), variants);
    };
    pairs[peer] = compare(prepare(ours), prepare(contender), budgets[size]);
  }
  const bytes = args.filter(isArray).reduce((sum, { byteLength }) => sum + byteLength, 0);
  return { kernel, size, bytes, differences, pairs };
}

/**
 * What the array arguments hold, call by call. Were it always the same few values, the processor would know all branches
 * by heart, as it never does in a program; `large` has more data than it can remember.
 */
function variantsOf(
  kernel: Kernel,
  size: SizeName,
  args: readonly Argument[],
): readonly (readonly TypedArray[])[] {
  const count = size === 'small' ? smallVariants : 1;
  const variants = Array.from({ length: count }, (_, variant) => inputsOf(kernel, size, variant));
  const scalars = (values: readonly Argument[]): string =>
    values.filter((value) => !isArray(value)).join();
  return variants
    .filter((values) => scalars(values) === scalars(args))
    .map((values) => values.filter(isArray));
}

/**
 * Compares a contender's results with V8's. Where functions whose last bit is left open are called,
 * ours must have the bits of our library run as JavaScript, and be near to V8's.
 */
export function differencesOf(
  kernel: Kernel,
  size: SizeName,
  who: Peer | 'ours',
  contender: Contender,
): string[] {
  const args = inputsOf(kernel, size);
  const actual = resultsOf(contender, args);
  const approximate = kernel.approximate ?? false;
  const say = (found: string | undefined): string[] =>
    found === undefined ? [] : [`${kernel.name} (${size}) by ${who}: ${found}`];
  const isOurs = who === 'ours' || who === 'plain' || who === 'unchecked';
  return [
    ...say(difference(resultsOf(inV8(kernel), args), actual, approximate ? near : 'none')),
    ...(approximate && isOurs ? say(difference(resultsOf(withOurMath(kernel), args), actual)) : []),
  ];
}
