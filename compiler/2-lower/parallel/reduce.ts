/** `parallel.sum` and `parallel.reduce`: trees that depend on the count alone, as in runtime/parallel.ts. */
import type { CallExpression } from '../../ts-morph.ts';
import type { Value } from '../../ir/types.ts';
import { toF64 } from '../convert.ts';
import { lower } from '../expressions/index.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { bodyOf, call, indexType, type Checked } from './bodies.ts';
import { checkedCount, countOf, eachOf, piecesOf, bordersOf } from './counts.ts';
import { region } from './region.ts';

export function lowerSum(l: Lowering, node: CallExpression): Operand {
  const [count, value] = node.getArguments();
  if (!count || !value) return l.refuse(undefined);
  const counted = countOf(l, count, node);
  const body = bodyOf(l, value, node, 0);
  const sum = (at: Lowering, a: Value, b: Value): Value => at.b.op('add', [a, b]);
  return valueOperand(reduced(l, node, counted, body, { combine: sum, start: -0, others: [] }));
}

export function lowerReduce(l: Lowering, node: CallExpression): Operand {
  const [count, initial, value, combining] = node.getArguments();
  if (!count || !initial || !value || !combining) return l.refuse(undefined);
  const counted = countOf(l, count, node);
  const start = toF64(l, lower(l, initial), initial);
  const body = bodyOf(l, value, node, 0);
  const combiner = bodyOf(l, combining, node, undefined);
  const combine = (at: Lowering, a: Value, b: Value): Value =>
    toF64(at, call(at, combiner, [valueOperand(a), valueOperand(b)], node), combining);
  const local = l.b.local('reduced', 'f64');
  l.b.set(local, start);
  const isAny = l.b.op('gt', [counted, l.constant('f64', 0)]);
  l.b.if(isAny, () => {
    const all = reduced(l, node, counted, body, { combine, start: undefined, others: [combiner] });
    l.b.set(local, combine(l, l.b.get(local), all));
  });
  return valueOperand(l.b.get(local));
}

interface Reduction {
  combine(at: Lowering, a: Value, b: Value): Value;
  /** What each piece starts with; undefined for its first value. */
  readonly start: number | undefined;
  /** The functions besides the body that it calls. */
  readonly others: readonly Checked[];
}

/** The combined values of a range: those of its pieces first, in a tree. 0 where there is none. */
function reduced(
  l: Lowering,
  node: CallExpression,
  counted: Value,
  body: Checked,
  { combine, start, others }: Reduction,
): Value {
  const index = indexType(l, body, 0);
  const total = checkedCount(l, counted, index, node);
  const pieces = piecesOf(l, total);
  const partial = l.b.op('view.new', [pieces], 'view.f64');
  const parts = {
    bodies: [body, ...others],
    count: pieces,
    given: [total, pieces, partial],
    iterations: total,
  } as const;
  region(l, node, parts, (p, from, to, [all, count, results]) => {
    const value = p.b.local('value', 'f64');
    eachOf(p, from, to, 'f64', (_, piece) => {
      const [first, end] = bordersOf(p, piece, all, count);
      if (start !== undefined) p.b.set(value, p.b.const('f64', start));
      eachOf(p, first, end, index, (at, number) => {
        const own = toF64(p, call(p, body, [at], node), body.fn);
        const join = (): void => p.b.set(value, combine(p, p.b.get(value), own));
        if (start !== undefined) return join();
        p.b.if(p.b.op('eq', [number, first]), () => p.b.set(value, own), join);
      });
      p.b.effect('view.store', [results, piece, p.b.get(value)]);
    });
  });
  joinPairs(l, partial, pieces, combine);
  const result = l.b.local('result', 'f64');
  l.b.set(result, l.constant('f64', 0));
  const zero = l.b.const('i64', 0n);
  l.b.if(l.b.op('gt', [pieces, zero]), () =>
    l.b.set(result, l.b.op('view.load', [partial, zero], 'f64')),
  );
  return l.b.get(result);
}

/** Combines values in pairs, in pairs of pairs and so on, into the first one. */
function joinPairs(l: Lowering, values: Value, count: Value, combine: Reduction['combine']): void {
  const [width, place] = [l.b.local('width', 'i64'), l.b.local('place', 'i64')];
  const [rounds, pairs] = [l.b.label('rounds'), l.b.label('pairs')];
  l.b.set(width, l.b.const('i64', 1n));
  l.b.loop(rounds, () => {
    const apart = l.b.get(width);
    l.b.if(l.b.op('ge', [apart, count]), () => l.b.break(rounds));
    const step = l.b.op('add', [apart, apart]);
    l.b.set(place, l.b.const('i64', 0n));
    l.b.loop(pairs, () => {
      const left = l.b.get(place);
      const right = l.b.op('add', [left, apart]);
      l.b.if(l.b.op('ge', [right, count]), () => l.b.break(pairs));
      const [a, b] = [left, right].map((at) => l.b.op('view.load', [values, at], 'f64'));
      if (a && b) l.b.effect('view.store', [values, left, combine(l, a, b)]);
      l.b.set(place, l.b.op('add', [left, step]));
    });
    l.b.set(width, step);
  });
}
