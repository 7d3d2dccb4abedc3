/** Optimised code gives what the same code gives unoptimised, and facts hold, on random functions. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { factOfType } from '../../compiler/3-optimize/facts.ts';
import { passes } from '../../compiler/3-optimize/index.ts';
import { passContext } from '../../compiler/3-optimize/pass.ts';
import { analyzeRanges, type Ranges } from '../../compiler/3-optimize/ranges.ts';
import { isNativeError, StepLimit } from '../../compiler/ir/errors.ts';
import { createInterpreter } from '../../compiler/ir/interpret.ts';
import { parseFunction } from '../../compiler/ir/parse.ts';
import { printFunction } from '../../compiler/ir/print.ts';
import {
  isNumeric,
  type IrFunction,
  type Node,
  type Operation,
  type Value,
} from '../../compiler/ir/types.ts';
import { verify } from '../../compiler/ir/verify.ts';
import { cloneFunction, regionsOf } from '../../compiler/ir/walk.ts';
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

/** A copy that throws where a value is not as its fact says. */
function guarded(fn: IrFunction, ranges: Ranges): IrFunction {
  const copy: IrFunction = { ...fn, body: [] };
  const op = (
    name: Operation['op'],
    args: Value[],
    type: 'bool' | 'f64',
    value?: number,
  ): Operation => ({
    kind: 'op',
    op: name,
    args,
    results: [{ id: copy.nextValue++, type }],
    attributes: value === undefined ? {} : { value },
    span: undefined,
  });
  const resultOf = ({ results: [value] }: Operation): Value =>
    value ?? (assert.unreachable('no result') as never);
  const guard = (value: Value): Node[] => {
    const fact = ranges.fact(value);
    const added: Node[] = [];
    const add = (...args: Parameters<typeof op>): Value => {
      const made = op(...args);
      added.push(made);
      return resultOf(made);
    };
    const number = value.type === 'f64' ? value : add('conv', [value], 'f64');
    const fail = (condition: Value, what: string): void => {
      added.push({
        kind: 'if',
        condition,
        then: [
          { kind: 'throw', errorClass: 'Error', parts: [`%${value.id} ${what}`], span: undefined },
        ],
        else: [],
        span: undefined,
      });
    };
    const limits = factOfType(value.type);
    if (fact.lo > limits.lo)
      fail(add('lt', [number, add('const', [], 'f64', fact.lo)], 'bool'), `below ${fact.lo}`);
    if (fact.hi < limits.hi)
      fail(add('gt', [number, add('const', [], 'f64', fact.hi)], 'bool'), `above ${fact.hi}`);
    if (value.type !== 'f64') return added;
    if (!fact.nan) fail(add('ne', [number, number], 'bool'), 'NaN');
    if (fact.integral) {
      const rounded = add('floor', [number], 'f64');
      const isNumber = add('eq', [number, number], 'bool');
      fail(add('and', [isNumber, add('ne', [rounded, number], 'bool')], 'bool'), 'no integer');
    }
    if (!fact.negativeZero) {
      const inverse = add('div', [add('const', [], 'f64', 1), number], 'f64');
      fail(add('eq', [inverse, add('const', [], 'f64', -Infinity)], 'bool'), 'negative zero');
    }
    return added;
  };
  const region = (nodes: readonly Node[]): Node[] =>
    nodes.flatMap((node) => {
      if (node.kind === 'op')
        return [node, ...node.results.filter(({ type }) => isNumeric(type)).flatMap(guard)];
      const [first = [], second = []] = regionsOf(node).map(region);
      if (node.kind === 'if') return [{ ...node, then: first, else: second }];
      return [node.kind === 'loop' || node.kind === 'block' ? { ...node, body: first } : node];
    });
  copy.body = region(fn.body);
  return copy;
}

const optimizing = passes.filter(({ when }) => when === 'optimizing');

test('random functions do what they did', () => {
  let compared = 0;
  for (let seed = firstSeed; seed < firstSeed + functions; seed++) {
    const fn = randomNumbers(random(seed));
    const text = printFunction(fn);
    const optimized = parseFunction(text);
    const context = passContext({ records: [], functions: [optimized], globals: [], exports: [] });
    for (const { name, run } of optimizing) {
      run(optimized, context);
      assert.equal(verify(optimized), [], `seed ${seed}, ${name}`);
    }
    const ranges = analyzeRanges(fn);
    const watched = ranges && guarded(cloneFunction(fn), ranges);
    for (const [x, n] of numberArguments) {
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
});

test.run();
