/** What a call tells of the type arguments of a generic function, besides what TypeScript infers. */
import { Node, type CallExpression, type NewExpression } from '../ts-morph.ts';
import type { CallSite, HintType } from '../1-read/model.ts';
import { unwrapped } from '../1-read/function-nodes.ts';
import { elementOf } from '../ir/records.ts';
import { isList, isRecord } from '../ir/types.ts';
import type { Lowering } from './lowering.ts';
import type { Operand } from './operands.ts';

/** @param expected the type of what the result is for, where that is known */
export const siteOf = (
  l: Lowering,
  call: CallExpression | NewExpression,
  expected?: HintType,
): CallSite => ({
  call,
  types: l.native.types,
  argumentType: (argument) => typeOf(l, argument),
  expected,
});

/** The call whose callee an expression is. */
export function callOf(callee: Node): CallExpression | undefined {
  const parent = callee.getParent();
  if (Node.isCallExpression(parent))
    return unwrapped(parent.getExpression()) === unwrapped(callee) ? parent : undefined;
  return parent && unwrapped(parent) === unwrapped(callee) ? callOf(parent) : undefined;
}

/**
 * The native type of a variable, a member of it or an element, without lowering it. Undefined for other
 * expressions, whose type is only known when they have been lowered.
 */
function typeOf(l: Lowering, node: Node): HintType | undefined {
  const inner = unwrapped(node);
  if (Node.isIdentifier(inner)) {
    const variable = l.lookup(inner);
    if (variable?.kind === 'local') {
      const optional = variable.tag !== undefined;
      return { type: variable.type, undefined: optional, null: optional };
    }
    return variable?.kind === 'constant' ? typeOfOperand(variable.operand) : undefined;
  }
  if (Node.isThisExpression(inner)) {
    const record = l.native.method?.owner.record;
    return record && { type: record, undefined: false, null: false };
  }
  if (Node.isPropertyAccessExpression(inner)) {
    const object = typeOf(l, inner.getExpression())?.type;
    if (object === undefined || !isRecord(object)) return undefined;
    const { members } = l.module.reading.records.get(object);
    return members.find(({ name }) => name === inner.getName());
  }
  if (Node.isElementAccessExpression(inner)) {
    const array = typeOf(l, inner.getExpression())?.type;
    return array !== undefined && isList(array) ? elementOf(array) : undefined;
  }
  return undefined;
}

function typeOfOperand(operand: Operand): HintType | undefined {
  if (operand.kind !== 'value' && operand.kind !== 'optional') return undefined;
  const optional = operand.kind === 'optional';
  return { type: operand.value.type, undefined: optional, null: optional };
}
