/** What is known across calls holds, and optimised modules do what they did, on random functions that call each other. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { summarize } from '../../compiler/3-optimize/calls/summarize.ts';
import type { Surroundings } from '../../compiler/3-optimize/calls/summaries.ts';
import { optimize } from '../../compiler/3-optimize/index.ts';
import { analyzeRanges } from '../../compiler/3-optimize/ranges.ts';
import { isNativeError, StepLimit } from '../../compiler/ir/errors.ts';
import { createInterpreter } from '../../compiler/ir/interpret.ts';
import { parseModule } from '../../compiler/ir/parse.ts';
import { printModule } from '../../compiler/ir/print.ts';
import type { IrModule } from '../../compiler/ir/types.ts';
import { verify } from '../../compiler/ir/verify.ts';
import { libraryFunction } from '../../compiler/library.ts';
import { guarded, relations } from './guarded.ts';
import { random } from './random.ts';
import { numberArguments, randomModule } from './random-numbers.ts';

const modules = Number(process.env['OPTIMIZE_FUNCTIONS'] ?? 200);
const firstSeed = Number(process.env['OPTIMIZE_SEED'] ?? 1);

/** What a call of a function does, as text; undefined where it takes too long. */
function outcome(module: IrModule, name: string, args: readonly unknown[]): string | undefined {
  const a = Float64Array.of(1, -0, 2.5, 2 ** 53, NaN, 3);
  const b = Uint8Array.of(0, 1, 255, 7);
  const machine = createInterpreter(module, { maxSteps: 6000 });
  const show = (value: unknown): string => (Object.is(value, -0) ? '-0' : String(value));
  let result: string;
  try {
    result = (machine.call(name, [a, b, ...args]) as unknown[]).map(show).join();
  } catch (error) {
    if (error instanceof StepLimit) return undefined;
    if (!isNativeError(error)) throw error;
    result = String(error);
  }
  return `${result} [${[...a].map(show).join()}] [${b.join()}]`;
}

const counts = { compared: 0, integers: 0, results: 0 };

/** What of the signatures has become integers. */
function countIntegers(module: IrModule): void {
  for (const { name, params, results } of module.functions) {
    if (name === 'f' || name.startsWith('std.')) continue;
    const [, , x, , y, fuel] = params.map(({ value }) => value.type);
    counts.integers += [x, y, fuel].filter((type) => type !== 'f64').length;
    counts.results += results.slice(0, 3).filter((type) => type !== 'f64').length;
  }
}

test('random modules do what they did', () => {
  for (let seed = firstSeed; seed < firstSeed + modules; seed++) {
    const module = randomModule(random(seed));
    const text = printModule(module);
    const variants = [false, true].map((assertElided) => {
      const optimized = parseModule(text);
      optimize(optimized, {
        level: 2,
        assertElided,
        libraryFunction,
        verify: (fn, around) => assert.equal(verify(fn, around), [], `seed ${seed}`),
      });
      return optimized;
    });
    countIntegers(variants[0] ?? module);
    const summary = summarize(module);
    const around: Surroundings = {
      summaryOf: (name) => summary?.functions.get(name),
      slotFact: () => undefined,
    };
    const watched: IrModule = {
      ...module,
      functions: module.functions.map((fn) => {
        const ranges = analyzeRanges(fn, around);
        return ranges ? guarded(fn, ranges, around) : fn;
      }),
    };
    const calls = [
      ...numberArguments.map((args) => ['f', args] as const),
      // Exports are called from outside with anything.
      ...module.exports.flatMap(({ callee }) =>
        numberArguments.map(([x, n]) => [callee, [x, n, -x, 2]] as const),
      ),
    ];
    for (const [name, args] of calls) {
      const expected = outcome(module, name, args);
      if (expected === undefined) continue;
      for (const variant of [...variants, watched]) {
        const actual = outcome(variant, name, args);
        if (actual === undefined && variant !== watched)
          assert.unreachable(`seed ${seed}: ${name} takes longer`);
        if (actual === undefined) continue;
        if (actual !== expected)
          assert.unreachable(
            `seed ${seed}: ${name}(${args.join()}) is ${actual}, not ${expected}\n${text}\n${printModule(variant)}`,
          );
        counts.compared++;
      }
    }
  }
  const { compared, integers, results } = counts;
  console.log(
    `  ${compared} calls compared; ${integers} parameters and ${results} results as integers; ${relations} relations tested`,
  );
  assert.ok(compared > modules * 3, `only ${compared} calls compared`);
  assert.ok(integers > modules / 4, `only ${integers} parameters are integers`);
  assert.ok(results > 0 && relations > 0, 'nothing is known of results, or of relations');
});

test.run();
