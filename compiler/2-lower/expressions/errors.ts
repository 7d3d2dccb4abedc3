/** Errors as values: what `catch` gives. */
import type { BinaryExpression, PropertyAccessExpression } from '../../ts-morph.ts';
import { errorClasses } from '../../../runtime/messages.ts';
import type { ErrorClass, Value } from '../../ir/types.ts';
import { errorField, knownFields } from '../classes/errors.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { isGlobal } from './globals.ts';
import { lower } from './index.ts';
import { refuseMember } from './unknown.ts';

/** The class of errors that an identifier names. */
export const errorClassOf = (name: string): ErrorClass | undefined =>
  errorClasses.find((known) => known === name);

/** `e instanceof RangeError`, of a caught error; undefined for anything else. */
export function lowerErrorTest(l: Lowering, node: BinaryExpression): Operand | undefined {
  const right = node.getRight();
  const errorClass = errorClassOf(right.getText());
  if (errorClass === undefined || !isGlobal(right, errorClass)) return undefined;
  const left = lower(l, node.getLeft());
  if (left.kind !== 'value' || left.value.type !== 'error') return undefined;
  l.at(node);
  return valueOperand(l.b.op('error.is', [left.value], undefined, { errorClass }));
}

/** `e.message`, `e.name`, and the fields of the class that TypeScript knows it is of. */
export function errorProperty(l: Lowering, error: Value, node: PropertyAccessExpression): Operand {
  switch (node.getName()) {
    case 'message':
      return valueOperand(l.b.op('error.message', [error]));
    case 'name':
      return valueOperand(l.b.op('error.name', [error]));
    default: {
      const object = node.getExpression();
      const known = ['message', 'name', ...knownFields(l, object)];
      return errorField(l, error, object, node.getName()) ?? refuseMember(l, node, 'Error', known);
    }
  }
}
