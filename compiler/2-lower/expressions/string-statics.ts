/** `String.fromCharCode` and `String.fromCodePoint` (ECMA-262 22.1.2). */
import type { CallExpression, Node } from '../../ts-morph.ts';
import type { Value } from '../../ir/types.ts';
import { toF64, toModulo } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { lower } from './index.ts';
import { callText, concatenated } from './text.ts';
import { refuseCallee } from './unknown.ts';

export function stringStatic(l: Lowering, name: string, node: CallExpression): Operand {
  if (name !== 'fromCharCode' && name !== 'fromCodePoint')
    return refuseCallee(l, node.getExpression());
  const make = name === 'fromCharCode' ? fromCharCode : fromCodePoint;
  const operands = l.all(
    node.getArguments().map((argument) => () => [lower(l, argument), argument] as const),
  );
  l.at(node);
  return valueOperand(
    concatenated(
      l,
      operands.map(([operand, argument]) => make(l, operand, argument)),
    ),
  );
}

function fromCharCode(l: Lowering, operand: Operand, node: Node): Value {
  const unit = toModulo(l, operand, 'u16', node);
  const constant = l.constantOf(unit);
  return constant === undefined
    ? l.b.op('str.char', [unit])
    : l.text(String.fromCharCode(Number(constant)));
}

const fromCodePoint = (l: Lowering, operand: Operand, node: Node): Value =>
  callText(l, 'fromCodePoint', [toF64(l, operand, node)]);
