/** `x instanceof C` of native classes. */
import type { BinaryExpression } from '../../ts-morph.ts';
import { placeOf } from '../../1-read/places.ts';
import { isRecord, type RecordType, type Value } from '../../ir/types.ts';
import { recordName } from '../../ir/records.ts';
import { isPresent } from '../convert.ts';
import { lower } from '../expressions/index.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { classDeclarationOf } from './constructor.ts';
import { isInstanceOf } from './errors.ts';

/** @returns undefined where the right side is no class of the user's, or the left side no object */
export function lowerInstanceTest(l: Lowering, node: BinaryExpression): Operand | undefined {
  const right = node.getRight();
  const declaration = classDeclarationOf(l, right);
  if (!declaration) return undefined;
  const copies = l.module.reading.classes.copiesOf(declaration).map((owner) => {
    if ('code' in owner) return l.refuse({ ...owner, place: placeOf(right) });
    return owner;
  });
  const operand = lower(l, node.getLeft());
  l.at(node);
  if (operand.kind === 'absent') return valueOperand(l.constant('bool', false));
  if (operand.kind === 'bigint') return undefined;
  const { value } = operand;
  const [only] = copies;
  const test =
    value.type === 'error' && only?.error
      ? (): Value => isInstanceOf(l, value, only)
      : isRecord(value.type)
        ? (): Value =>
            isOneOf(
              l,
              value,
              copies.map(({ record }) => record),
            )
        : undefined;
  if (!test) return undefined;
  if (operand.kind === 'value') return valueOperand(test());
  const local = l.b.local('is', 'bool');
  l.b.if(
    isPresent(l, operand.tag),
    () => l.b.set(local, test()),
    () => l.b.set(local, l.b.const('bool', false)),
  );
  return valueOperand(l.b.get(local));
}

/** Whether an object is an instance of one of some classes: of the copies of a generic one. */
function isOneOf(l: Lowering, value: Value, records: readonly RecordType[]): Value {
  const tests = records.map((record) =>
    l.b.op('rec.is', [value], undefined, { record: recordName(record) }),
  );
  return tests.length === 0
    ? l.constant('bool', false)
    : tests.reduce((either, test) => l.b.op('or', [either, test]));
}
