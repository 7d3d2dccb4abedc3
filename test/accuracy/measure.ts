/** The largest error of a function of the library over many inputs. */
import * as math from '../../runtime/std/math.ts';
import { forInputs } from './inputs.ts';
import { ulpError } from './real.ts';
import { reference, type FunctionName } from './reference.ts';

type NumberFunction = (...args: readonly number[]) => number;

/** The functions of the library, as JavaScript. */
export const implementations: Readonly<Record<FunctionName, NumberFunction>> = {
  ...(math as unknown as Record<Exclude<FunctionName, 'hypotN'>, NumberFunction>),
  hypotN: (...args) => math.hypotN(Float64Array.from(args)),
};

export interface Measured {
  readonly name: FunctionName;
  readonly inputs: number;
  /** In units in the last place of the true value. */
  readonly error: number;
  /** The arguments where the error is largest, and the function's value there. */
  readonly args: readonly number[];
  readonly value: number;
}

/** @param implementation what is measured, if not the library as JavaScript */
export function measure(
  name: FunctionName,
  count: number,
  seed: number,
  implementation: NumberFunction = implementations[name],
): Measured {
  let worst: Measured = { name, inputs: count, error: 0, args: [], value: NaN };
  forInputs(name, count, seed, (args) => {
    const value = implementation(...args);
    const error = ulpError(value, reference(name, args));
    if (error > worst.error) worst = { ...worst, error, args, value };
  });
  return worst;
}
