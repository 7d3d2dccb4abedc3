/** `x instanceof C` of native classes. */
import type { BinaryExpression } from '../../ts-morph.ts';
import { placeOf } from '../../1-read/places.ts';
import { isRecord } from '../../ir/types.ts';
import { recordName } from '../../ir/records.ts';
import { isPresent } from '../convert.ts';
import { lower } from '../expressions/index.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { classDeclarationOf } from './constructor.ts';

/** @returns undefined where the right side is no class of the user's, or the left side no object */
export function lowerInstanceTest(l: Lowering, node: BinaryExpression): Operand | undefined {
  const right = node.getRight();
  const declaration = classDeclarationOf(l, right);
  if (!declaration) return undefined;
  const owner = l.module.reading.classes.ofDeclaration(declaration);
  if ('code' in owner) return l.refuse({ ...owner, place: placeOf(right) });
  const operand = lower(l, node.getLeft());
  l.at(node);
  if (operand.kind === 'absent') return valueOperand(l.constant('bool', false));
  if (operand.kind === 'bigint' || !isRecord(operand.value.type)) return undefined;
  const { value } = operand;
  const record = recordName(owner.record);
  if (operand.kind === 'value')
    return valueOperand(l.b.op('rec.is', [value], undefined, { record }));
  const local = l.b.local('is', 'bool');
  l.b.if(
    isPresent(l, operand.tag),
    () => l.b.set(local, l.b.op('rec.is', [value], undefined, { record })),
    () => l.b.set(local, l.b.const('bool', false)),
  );
  return valueOperand(l.b.get(local));
}
