/** The interpreter's own formulas against the table's `fold`, each pure scalar operation on all pairs of edge values. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { IrBuilder } from '../../compiler/ir/build.ts';
import { InterpreterFault, isNativeError } from '../../compiler/ir/errors.ts';
import { createInterpreter } from '../../compiler/ir/interpret.ts';
import { opInfo, ops, type OpName } from '../../compiler/ir/ops.ts';
import type { Constant, IrFunction, ScalarType } from '../../compiler/ir/types.ts';
import { isClass, isOfClass, operationProblems } from '../../compiler/ir/verify-operation.ts';
import { edgeValues, scalarTypes } from './edge-values.ts';

interface Case {
  readonly name: OpName;
  readonly operands: readonly ScalarType[];
  readonly T: ScalarType;
  readonly result: ScalarType;
  readonly fn: IrFunction;
}

const nothingAround = {
  locals: new Map(),
  records: undefined,
  globals: undefined,
  tables: undefined,
  functions: undefined,
};

/** Every way to give an operation's operands and result scalar types. */
function casesOf(name: OpName): Case[] {
  const info = opInfo(name);
  const bound = info.T ?? 'any';
  return scalarTypes
    .filter((type) => isOfClass(type, bound))
    .flatMap((T) =>
      scalarTypes.flatMap((result) => {
        const operands = info.operands.map((type) => (type === 'T' ? T : (type as ScalarType)));
        const b = new IrBuilder(`${name} ${T} ${result}`);
        const args = operands.map((type, index) => b.param(`p${index}`, type));
        const value = b.op(name, args, result, info.attributes ? { subject: 'x' } : {});
        b.return([value]);
        b.fn.results.push(value.type);
        const [op] = b.fn.body;
        const bad =
          op?.kind !== 'op' ||
          value.type !== result ||
          operationProblems(op, nothingAround).length > 0;
        return bad ? [] : [{ name, operands, T, result, fn: b.fn }];
      }),
    );
}

function tuples(types: readonly ScalarType[]): Constant[][] {
  const [first, ...rest] = types;
  if (first === undefined) return [[]];
  const tails = tuples(rest);
  return edgeValues(first).flatMap((value) => tails.map((tail) => [value, ...tail]));
}

const folding = (Object.keys(ops) as OpName[]).filter(
  (name) =>
    opInfo(name).fold && opInfo(name).operands.every((type) => type === 'T' || !isClass(type)),
);

for (const name of folding)
  test(name, () => {
    const cases = casesOf(name);
    assert.ok(cases.length > 0, 'no types fit');
    const functions = cases.map(({ fn }) => fn);
    const interpreter = createInterpreter({ records: [], functions, globals: [], exports: [] });
    for (const { operands, T, result, fn } of cases)
      for (const args of tuples(operands)) {
        const expected = opInfo(name).fold?.(args, T, result);
        const actual = outcome(() => interpreter.call(fn.name, args));
        const wanted = expected ?? (opInfo(name).effect === 'throw' ? 'error' : 'fault');
        if (!Object.is(actual, wanted))
          assert.unreachable(
            `${fn.name} (${args.join(', ')}) gives ${String(actual)}, not ${wanted}`,
          );
      }
  });

function outcome(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    if (isNativeError(error)) return 'error';
    if (error instanceof InterpreterFault) return 'fault';
    throw error;
  }
}

test.run();
