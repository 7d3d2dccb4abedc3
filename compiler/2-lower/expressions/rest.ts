/** What a rest in a pattern takes: the elements or properties that are left (ECMA-262 8.6.2, 14.3.3.2). */
import type { Node } from '../../ts-morph.ts';
import { hasOrderSlot, orderSlot, tagSlot } from '../../ir/records.ts';
import { isList, isRecord, type IrRecord, type RecordType, type Value } from '../../ir/types.ts';
import { refuseConstruct } from '../constructs.ts';
import { toStored } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { sequenceOf } from '../sequences.ts';
import { pushElement } from './lists.ts';
import { memberOf, readMember } from './objects.ts';

/** The type of a name that takes a rest. */
function typeOf(l: Lowering, target: Node): Value['type'] | undefined {
  const hint = l.module.reading.hintOfType(target.getType().compilerType, target);
  return 'code' in hint ? l.refuse(hint) : hint.type;
}

/** The elements from an index on as a new array or, of a tuple, as a new tuple. */
export function restOfArray(l: Lowering, array: Value, from: number, target: Node): Operand {
  const type = isList(array.type) ? array.type : typeOf(l, target);
  if (isRecord(array.type)) return restOfTuple(l, array, array.type, from, target, type);
  const sequence = sequenceOf(l, array);
  if (!sequence || type === undefined || !isList(type)) return refuseConstruct(l, target);
  const start = l.b.const('i64', BigInt(from));
  const length = sequence.length();
  const hasSome = l.b.op('gt', [length, start]);
  const size = l.b.op('select', [hasSome, l.b.op('sub', [length, start]), l.b.const('i64', 0n)]);
  const list = l.b.op('list.new', [size], type);
  const index = l.b.local('index', 'i64');
  l.b.set(index, start);
  const label = l.b.label('rest');
  l.b.loop(label, () => {
    l.b.if(
      l.b.op('lt', [l.b.get(index), length]),
      () => {},
      () => l.b.break(label),
    );
    pushElement(l, list, sequence.load(l.b.get(index)), target, target.getText());
    l.b.set(index, l.b.op('add', [l.b.get(index), l.b.const('i64', 1n)]));
  });
  return valueOperand(list);
}

function restOfTuple(
  l: Lowering,
  tuple: Value,
  record: RecordType,
  from: number,
  target: Node,
  type: Value['type'] | undefined,
): Operand {
  const members = l.module.reading.records.get(record).members.slice(from);
  if (type !== undefined && isList(type)) {
    const list = l.b.op('list.new', [l.b.const('i64', BigInt(members.length))], type);
    for (const member of members)
      pushElement(l, list, readMember(l, tuple, member), target, target.getText());
    return valueOperand(list);
  }
  if (type === undefined || !isRecord(type)) return refuseConstruct(l, target);
  const made = l.module.reading.records.get(type);
  const values = made.members.flatMap((member, index) => {
    const from = members[index];
    return from ? toStored(l, readMember(l, tuple, from), member, target, member.name) : [];
  });
  return valueOperand(l.b.op('rec.new', values, type));
}

/** The properties that weren't taken, as a new object. */
export function restOfObject(
  l: Lowering,
  object: Value,
  taken: readonly string[],
  target: Node,
  pattern: Node,
): Operand {
  const type = typeOf(l, target);
  const record = isRecord(object.type) ? l.module.reading.records.get(object.type) : undefined;
  if (record?.kind !== 'object' || type === undefined || !isRecord(type))
    return l.unsupported(pattern, {
      what: 'a rest of this',
      why: 'Which properties are left must be known when compiling; it can be of objects of one plain type.',
      rewrite: 'A part for each property.',
    });
  const made = l.module.reading.records.get(type);
  l.module.reading.records.markSpread(object.type as RecordType);
  const left = record.members.filter(({ name }) => !taken.includes(name));
  const isAlike = made.members.every(({ name }, index) => left[index]?.name === name);
  if (!isAlike || made.members.length !== left.length) return refuseConstruct(l, pattern);
  const values = left.flatMap((member) => {
    const copy = memberOf(made, member.name);
    if (!copy) return [];
    // Where a property is missing in the one it is in the other.
    if (member.optional && copy.optional)
      return [
        l.b.op('rec.get', [object], 'u8', { slot: tagSlot(member.name) }),
        l.b.op('rec.get', [object], member.type, { slot: member.name }),
      ];
    return toStored(l, readMember(l, object, member), copy, target, member.name);
  });
  const irregular = hasOrderSlot(record)
    ? l.b.op('rec.get', [object], 'bool', { slot: orderSlot })
    : undefined;
  if (hasOrderSlot(made)) values.push(irregular ?? l.constant('bool', false));
  else if (irregular && left.length > 1) refuseIrregular(l, irregular, made);
  return valueOperand(l.b.op('rec.new', values, type));
}

function refuseIrregular(l: Lowering, irregular: Value, { sourceName }: IrRecord): void {
  l.b.if(irregular, () =>
    l.b.failCheck('TypeError', [
      `The properties of this object would stand in another order than in ${sourceName}`,
    ]),
  );
}
