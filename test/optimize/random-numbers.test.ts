/** Optimised code gives what the same code gives unoptimised, and facts hold, on random functions. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { passes } from '../../compiler/3-optimize/index.ts';
import { passContext } from '../../compiler/3-optimize/pass.ts';
import { analyzeRanges } from '../../compiler/3-optimize/ranges.ts';
import { isNativeError, StepLimit } from '../../compiler/ir/errors.ts';
import { createInterpreter } from '../../compiler/ir/interpret.ts';
import { parseFunction } from '../../compiler/ir/parse.ts';
import { printFunction } from '../../compiler/ir/print.ts';
import type { IrFunction } from '../../compiler/ir/types.ts';
import { verify } from '../../compiler/ir/verify.ts';
import { guarded } from './guarded.ts';
import { inSingles } from './in-singles.ts';
import { random } from './random.ts';
import { numberArguments, randomNumbers } from './random-numbers.ts';

const functions = Number(process.env['OPTIMIZE_FUNCTIONS'] ?? 600);
const firstSeed = Number(process.env['OPTIMIZE_SEED'] ?? 1);

/** What a call does, as text: results or error, and what is in the arrays then. Undefined where it takes too long. */
function outcome(fn: IrFunction, x: number, n: number): string | undefined {
  const a = Float64Array.of(1, -0, 2.5, 2 ** 53, NaN, 3);
  const b = Uint8Array.of(0, 1, 255, 7);
  const machine = createInterpreter(
    { records: [], functions: [fn], globals: [], exports: [] },
    { maxSteps: 3000 },
  );
  const show = (value: unknown): string => (Object.is(value, -0) ? '-0' : String(value));
  let result: string;
  try {
    result = (machine.call(fn.name, [a, b, x, n]) as unknown[]).map(show).join();
  } catch (error) {
    if (error instanceof StepLimit) return undefined;
    if (!isNativeError(error)) throw error;
    result = String(error);
  }
  return `${result} [${[...a].map(show).join()}] [${b.join()}]`;
}

const optimizing = passes.filter(({ when }) => when === 'optimizing');

/** Compares random functions with what optimisation makes of them. */
function compare(
  make: (next: (below: number) => number) => IrFunction,
  calls: readonly (readonly [x: number, n: number])[],
): void {
  let compared = 0;
  for (let seed = firstSeed; seed < firstSeed + functions; seed++) {
    const fn = make(random(seed));
    const text = printFunction(fn);
    const optimized = parseFunction(text);
    const context = passContext({ records: [], functions: [optimized], globals: [], exports: [] });
    for (const row of optimizing) {
      if (!('run' in row)) continue;
      row.run(optimized, context);
      assert.equal(verify(optimized), [], `seed ${seed}, ${row.name}`);
    }
    const ranges = analyzeRanges(fn, context);
    const watched = ranges && guarded(fn, ranges, context);
    for (const [x, n] of calls) {
      const about = (): string =>
        `seed ${seed}, x = ${x}, n = ${n}\n${text}\n${printFunction(optimized)}`;
      const expected = outcome(fn, x, n);
      if (expected === undefined) continue;
      try {
        assert.is(outcome(optimized, x, n), expected);
        if (watched) assert.is(outcome(watched, x, n), expected);
        compared++;
      } catch (error) {
        assert.unreachable(`${String(error)}\n${about()}`);
      }
    }
  }
  assert.ok(compared > functions * 3, `only ${compared} calls compared`);
}

test('random functions do what they did', () =>
  compare((next) => randomNumbers(next), numberArguments));

test('random functions of singles do what they did', () =>
  compare(
    (next) => inSingles(randomNumbers(next), next),
    [...numberArguments, [2 ** 24 - 1, 2 ** 24], [2 ** 25 + 4, -(2 ** 24)]],
  ));

test.run();
