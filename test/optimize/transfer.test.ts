/** What range analysis says of a result holds for every operand that its facts allow. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { factOfConstant, factOfType, join, type Fact } from '../../compiler/3-optimize/facts.ts';
import { transfer } from '../../compiler/3-optimize/transfer.ts';
import { opInfo, ops, type OpName } from '../../compiler/ir/ops.ts';
import { isOfClass } from '../../compiler/ir/verify-operation.ts';
import { isFloat, isInteger, type Constant, type ScalarType } from '../../compiler/ir/types.ts';
import { edgeValues as valuesOf, scalarTypes as types } from '../ir/edge-values.ts';
import { random } from './random.ts';

const edgesByType = new Map(types.map((type) => [type, valuesOf(type)]));
const edgesOf = (type: ScalarType): readonly Constant[] => edgesByType.get(type) ?? [];

/** Whether a value is one that a fact allows. */
function allows(fact: Fact, value: Constant): boolean {
  if (Number.isNaN(value)) return fact.nan;
  if (Object.is(value, -0) && !fact.negativeZero) return false;
  if (
    typeof value === 'number' &&
    Number.isFinite(value) &&
    fact.integral &&
    !Number.isInteger(value)
  )
    return false;
  const number = typeof value === 'boolean' ? Number(value) : value; // bigints compare exactly
  return fact.lo <= number && number <= fact.hi;
}

const unary = [
  'neg',
  'not',
  'abs',
  'floor',
  'ceil',
  'trunc',
  'sqrt',
  'clz',
  'bswap',
  'clamp8',
] as const;
const binary: readonly OpName[] = [
  'add',
  'sub',
  'mul',
  'div',
  'rem',
  'min',
  'max',
  'and',
  'or',
  'xor',
  'shl',
  'shr',
  'copysign',
  'add.exact',
  'sub.exact',
  'mul.exact',
];
const converting = ['conv', 'toint', 'fptoint', 'check.range'] as const;

function check(op: OpName, type: ScalarType, result: ScalarType, operands: Constant[][]): void {
  const facts = operands.map((values) => {
    const [first = 0, ...rest] = values.map((value) => factOfConstant(type, value));
    return rest.reduce<Fact>((all, fact) => join(all, fact), first as Fact);
  });
  const fact = transfer(op, facts, type, result);
  const lists = operands.reduce<Constant[][]>(
    (all, values) => all.flatMap((list) => values.map((value) => [...list, value])),
    [[]],
  );
  for (const args of lists) {
    const value = opInfo(op).fold?.(args, type, result);
    if (value === undefined || allows(fact, value)) continue;
    const text = `${op} ${type} (${args.map(String).join(', ')}) -> ${result}`;
    assert.unreachable(`${text} gives ${String(value)}, outside ${JSON.stringify(fact)}`);
  }
}

const next = random(1);
const pick = <T>(items: readonly T[]): T => items[next(items.length)] as T; // never empty
/** Two or three values, whose fact covers what is between. */
const some = (type: ScalarType): Constant[] => [0, 0, 0].map(() => pick(edgesOf(type)));
const fits = (op: OpName, type: ScalarType): boolean => {
  const bound = opInfo(op).T;
  return bound !== undefined && isOfClass(type, bound);
};

for (const op of unary)
  test(op, () => {
    for (const type of types)
      if (fits(op, type))
        for (let n = 0; n < 150; n++) check(op, type, op === 'clamp8' ? 'u8' : type, [some(type)]);
  });

for (const op of binary)
  test(op, () => {
    for (const type of types)
      if (fits(op, type))
        for (let n = 0; n < 200; n++) check(op, type, type, [some(type), some(type)]);
  });

for (const op of converting)
  test(op, () => {
    for (const type of types)
      for (const result of types) {
        const possible =
          op === 'conv'
            ? result !== 'bool' && !(isFloat(type) && isInteger(result))
            : isInteger(result) && (op === 'check.range' ? type !== 'bool' : isFloat(type));
        if (possible) for (let n = 0; n < 60; n++) check(op, type, result, [some(type)]);
      }
  });

test('the fact of a type allows every value of it', () => {
  for (const type of types)
    for (const value of edgesOf(type))
      assert.ok(allows(factOfType(type), value), `${type} ${String(value)}`);
});

test('every scalar operation is checked here or has no fact of its own', () => {
  const checked = new Set<string>([...unary, ...binary, ...converting]);
  // Comparisons and `select` are in `checks.test.ts` and in the random functions; these say nothing.
  const other = new Set([
    'const',
    'bits',
    'mul.high',
    'eq',
    'ne',
    'lt',
    'le',
    'gt',
    'ge',
    'select',
    'in.bounds',
    'check.bounds',
  ]);
  for (const [name, info] of Object.entries(ops) as [OpName, ReturnType<typeof opInfo>][])
    if (info.fold) assert.ok(checked.has(name) || other.has(name), name);
});

test.run();
