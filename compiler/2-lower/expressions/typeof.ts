/** `typeof x`, which the type that is known when compiling answers, but for what may be absent. */
import type { TypeOfExpression } from '../../ts-morph.ts';
import { Tag, type IrType, type Value } from '../../ir/types.ts';
import { isPresent } from '../convert.ts';
import { isFunctionType } from '../functions/closures.ts';
import type { Lowering } from '../lowering.ts';
import { jsType, valueOperand, type JsType, type Operand } from '../operands.ts';
import { lowerTested } from './index.ts';

/** ECMA-262 13.5.3, table 41. */
const names: Readonly<Record<JsType, string>> = {
  number: 'number',
  bigint: 'bigint',
  boolean: 'boolean',
  string: 'string',
  view: 'object',
  object: 'object',
  array: 'object',
  error: 'object',
};

const nameOfType = (l: Lowering, type: IrType): string =>
  isFunctionType(l, type) ? 'function' : names[jsType(type)];

export function lowerTypeof(l: Lowering, node: TypeOfExpression): Operand {
  const operand = lowerTested(l, node.getExpression());
  l.at(node);
  return valueOperand(nameOf(l, operand));
}

function nameOf(l: Lowering, operand: Operand): Value {
  switch (operand.kind) {
    case 'absent':
      return l.text(operand.absent === 'null' ? 'object' : 'undefined');
    case 'bigint':
      return l.text('bigint');
    case 'value':
      return l.text(nameOfType(l, operand.value.type));
    case 'optional': {
      const { tag, value } = operand;
      const isNull = l.b.op('eq', [tag, l.constant('u8', Tag.null)]);
      const absent = l.b.op('select', [isNull, l.text('object'), l.text('undefined')]);
      const name = l.text(nameOfType(l, value.type));
      return l.b.op('select', [isPresent(l, tag), name, absent]);
    }
  }
}
