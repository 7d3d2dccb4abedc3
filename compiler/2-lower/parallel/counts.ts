/** How often parallel loops run, and the loops of their pieces. */
import type { CallExpression, Node } from '../../ts-morph.ts';
import { integerBounds, isInteger, type IntegerType, type Value } from '../../ir/types.ts';
import { mostIterations, mostPieces } from '../../../runtime/parallel.ts';
import { toF64 } from '../convert.ts';
import { lower } from '../expressions/index.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import type { IndexType } from './bodies.ts';

/** A count as a number, which is evaluated here. */
export function countOf(l: Lowering, node: Node, call: CallExpression): Value {
  const count = toF64(l, lower(l, node), node);
  l.at(call);
  return count;
}

/** How many iterations a count stands for; RangeError where they are more than there can be. */
export function checkedCount(
  l: Lowering,
  count: Value,
  index: IndexType,
  node: CallExpression,
): Value {
  const name = node.getExpression().getText();
  const most = l.constant('f64', mostIterations);
  l.b.if(l.b.op('gt', [count, most]), () =>
    l.b.throw('RangeError', [`a parallel loop has at most ${mostIterations} iterations`]),
  );
  if (isInteger(index)) {
    // The counter goes one further.
    const end = l.constant('f64', Number(integerBounds(index).max));
    l.b.if(l.b.op('gt', [count, end]), () =>
      l.b.failCheck('RangeError', [
        'the last of ',
        count,
        ` numbers of ${name} does not fit ${index}`,
      ]),
    );
  }
  const isAny = l.b.op('gt', [count, l.constant('f64', 0)]);
  const whole = l.b.op('ceil', [count]);
  return l.b.op('fptoint', [l.b.op('select', [isAny, whole, l.constant('f64', 0)])], 'i64');
}

/** Runs code for each number of a range. `number` is it as an index. */
export function eachOf(
  p: Lowering,
  from: Value,
  to: Value,
  type: IndexType,
  body: (index: Operand, number: Value) => void,
): void {
  // Range analysis knows counters of the hinted type; the count has been checked.
  const own = type === 'f64' ? 'i64' : type;
  const attributes = type === 'f64' ? {} : { exact: true };
  const wide = (value: Value): Value =>
    type === 'f64' ? value : p.b.op('conv', [value], 'i64', attributes);
  const local = p.b.local('index', own);
  const label = p.b.label('each');
  p.b.set(local, type === 'f64' ? from : p.b.op('conv', [from], own, attributes));
  p.b.loop(label, () => {
    const index = p.b.get(local);
    const number = wide(index);
    p.b.if(p.b.op('ge', [number, to]), () => p.b.break(label));
    body(valueOperand(type === 'f64' ? p.b.op('conv', [index], 'f64') : index), number);
    p.b.set(local, p.b.op('add', [index, one(p, own)]));
  });
}

const one = (p: Lowering, type: IntegerType): Value => p.b.const(type, type === 'i64' ? 1n : 1);

/** How many pieces a range has that depend on its count alone. */
export function piecesOf(l: Lowering, total: Value): Value {
  const most = l.b.const('i64', BigInt(mostPieces));
  return l.b.op('select', [l.b.op('lt', [total, most]), total, most]);
}

/** Where a piece begins and ends. */
export function bordersOf(
  p: Lowering,
  piece: Value,
  total: Value,
  pieces: Value,
): readonly [Value, Value] {
  const border = (k: Value): Value => p.b.op('div', [p.b.op('mul', [k, total]), pieces]);
  return [border(piece), border(p.b.op('add', [piece, one(p, 'i64')]))];
}
