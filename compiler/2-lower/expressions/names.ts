/** Identifiers: variables, parameters, module constants and the global names of numbers. */
import type { Identifier } from 'ts-morph';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { isGlobal } from './globals.ts';

export function lowerName(l: Lowering, node: Identifier): Operand {
  const variable = l.lookup(node);
  const name = node.getText();
  if (variable?.kind === 'constant') return variable.operand;
  if (variable) {
    if (variable.initialized !== undefined) {
      l.b.if(
        l.b.get(variable.initialized),
        () => {},
        () => l.b.throw('ReferenceError', [`Cannot access '${name}' before initialization`]),
      );
    }
    const value = l.b.get(variable.local);
    return variable.tag === undefined
      ? valueOperand(value)
      : { kind: 'optional', tag: l.b.get(variable.tag), value };
  }
  if (isGlobal(node, name)) {
    if (name === 'undefined') return { kind: 'absent', absent: 'undefined' };
    if (name === 'NaN') return valueOperand(l.constant('f64', NaN));
    if (name === 'Infinity') return valueOperand(l.constant('f64', Infinity));
  }
  const constant = l.module.reading.resolveConstant(node);
  if (constant === undefined) return l.refuse(codes.unknownName(placeOf(node), { name }));
  if ('code' in constant) return l.refuse(constant);
  if (constant.kind === 'literal') return valueOperand(l.constant(constant.type, constant.value));
  l.module.requireGlobal(constant);
  return valueOperand(l.b.op('global.get', [], constant.type, { global: constant.id }));
}
