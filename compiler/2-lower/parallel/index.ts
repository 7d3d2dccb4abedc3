/**
 * The functions of `parallel`: loops whose iterations may run at the same time. The body of each becomes a function
 * that runs a part of the range, in order, and the `parallel` operation calls that for all parts. What depends on
 * how the range is divided does so by the count alone, as in runtime/parallel.ts.
 */
import type { CallExpression } from '../../ts-morph.ts';
import { elementType } from '../../ir/types.ts';
import { convert, toElement } from '../convert.ts';
import { nothing } from '../expressions/arguments.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { bodyOf, call, indexType } from './bodies.ts';
import { checkedCount, countOf, eachOf } from './counts.ts';
import { lowerInvoke } from './invoke.ts';
import { lowerReduce, lowerSum } from './reduce.ts';
import { region } from './region.ts';
import { lowerScan } from './scan.ts';
import { lowerSort } from './sort.ts';
import { numbersOf } from './numbers.ts';

type Lower = (l: Lowering, node: CallExpression) => Operand;

const functions: Readonly<Record<string, Lower>> = {
  for: lowerFor,
  sum: lowerSum,
  reduce: lowerReduce,
  map: lowerMap,
  scan: lowerScan,
  sort: lowerSort,
  invoke: lowerInvoke,
};

/** @param name which of the functions of `parallel` is called */
export function lowerParallel(l: Lowering, name: string, node: CallExpression): Operand {
  const found = Object.hasOwn(functions, name) ? functions[name] : undefined;
  // TypeScript refuses it too.
  if (!found) return l.refuse(undefined);
  return found(l, node);
}

function lowerFor(l: Lowering, node: CallExpression): Operand {
  const [count, work] = node.getArguments();
  if (!count || !work) return l.refuse(undefined);
  const counted = countOf(l, count, node);
  const body = bodyOf(l, work, node, 0);
  const total = checkedCount(l, counted, indexType(l, body, 0), node);
  region(l, node, { bodies: [body], count: total }, (p, from, to) =>
    eachOf(p, from, to, indexType(p, body, 0), (index) => void call(p, body, [index], node, true)),
  );
  return nothing;
}

/** `parallel.map(array, (x, i) => y)`: a new array of the same class. */
function lowerMap(l: Lowering, node: CallExpression): Operand {
  const [source, value] = node.getArguments();
  if (!source || !value) return l.refuse(undefined);
  const { array, kind } = numbersOf(l, source, node);
  const body = bodyOf(l, value, node, 1);
  l.at(node);
  const length = l.b.op('view.length', [array]);
  const made = l.b.op('view.new', [length], array.type);
  const index = indexType(l, body, 1);
  const total = checkedCount(l, convert(l, length, 'f64'), index, node);
  const parts = { bodies: [body], count: total, given: [array, made] } as const;
  region(l, node, parts, (p, from, to, [given, result]) => {
    eachOf(p, from, to, index, (at, number) => {
      const element = p.b.op('view.load', [given, number], elementType(kind));
      const mapped = call(p, body, [valueOperand(element), at], node);
      p.b.effect('view.store', [result, number, toElement(p, mapped, kind, value)]);
    });
  });
  return valueOperand(made);
}
