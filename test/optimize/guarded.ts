/** Functions that test at run time what range analysis knows of their values. */
import * as assert from 'uvu/assert';
import type { Surroundings } from '../../compiler/3-optimize/calls/summaries.ts';
import { factOfType, type Fact } from '../../compiler/3-optimize/facts.ts';
import { keyOf } from '../../compiler/3-optimize/knowledge.ts';
import type { Ranges } from '../../compiler/3-optimize/ranges.ts';
import {
  isFloat,
  isNumeric,
  isView,
  type IrFunction,
  type Node,
  type Operation,
  type Value,
} from '../../compiler/ir/types.ts';
import { regionsOf } from '../../compiler/ir/walk.ts';

/** How many relations between values of two functions have been tested. */
export let relations = 0;

/**
 * A copy that throws where a value is not as its fact says, or where calls don't pass or give what the
 * function's summaries say.
 */
export function guarded(fn: IrFunction, ranges: Ranges, around: Surroundings): IrFunction {
  const copy: IrFunction = { ...fn, body: [] };
  const op = (
    name: Operation['op'],
    args: Value[],
    type: 'bool' | 'f64' | 'i64',
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
  /** @param named what the keys of relations name */
  const guard = (
    value: Value,
    fact = ranges.fact(value),
    named: ReadonlyMap<string, Value> = new Map(),
  ): Node[] => {
    const added: Node[] = [];
    const add = (...args: Parameters<typeof op>): Value => {
      const made = op(...args);
      added.push(made);
      return resultOf(made);
    };
    const numberOf = (of: Value): Value => {
      const own = isView(of.type) ? add('view.length', [of], 'i64') : of;
      return own.type === 'f64' ? own : add('conv', [own], 'f64');
    };
    const number = numberOf(value);
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
    for (const [key, distance] of fact.below) {
      const other = named.get(key);
      if (!other) continue;
      relations++;
      const most = add('sub', [numberOf(other), add('const', [], 'f64', distance)], 'f64');
      fail(add('gt', [number, most], 'bool'), `less than ${distance} below %${other.id}`);
    }
    const limits = factOfType(value.type);
    if (fact.lo > limits.lo)
      fail(add('lt', [number, add('const', [], 'f64', fact.lo)], 'bool'), `below ${fact.lo}`);
    if (fact.hi < limits.hi)
      fail(add('gt', [number, add('const', [], 'f64', fact.hi)], 'bool'), `above ${fact.hi}`);
    if (!isFloat(value.type)) return added;
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
  const all = (
    values: readonly Value[],
    facts: readonly Fact[] | undefined,
    named: ReadonlyMap<string, Value>,
  ): Node[] =>
    values.flatMap((value, index) => {
      const fact = facts?.[index];
      return fact && value.type !== 'bool' ? guard(value, fact, named) : [];
    });
  const given = ({ attributes, results, args }: Operation): Node[] => {
    const callee = around.summaryOf(attributes.callee ?? '');
    const named = callee?.values.flatMap((value, index) => {
      const arg = args[index];
      return arg ? [[keyOf(value), arg] as const] : [];
    });
    return all(results, callee?.results, new Map(named));
  };
  const params = fn.params.map(({ value }) => value);
  const names = new Map(params.map((value) => [keyOf(value), value]));
  const start = all(params, around.summaryOf(fn.name)?.params, names);
  const region = (nodes: readonly Node[]): Node[] =>
    nodes.flatMap((node) => {
      if (node.kind === 'op')
        return [
          node,
          ...node.results.filter(({ type }) => isNumeric(type)).flatMap((value) => guard(value)),
          ...(node.op === 'call' ? given(node) : []),
        ];
      const [first = [], second = []] = regionsOf(node).map(region);
      if (node.kind === 'if') return [{ ...node, then: first, else: second }];
      return [node.kind === 'loop' || node.kind === 'block' ? { ...node, body: first } : node];
    });
  copy.body = [...start, ...region(fn.body)];
  return copy;
}
